// Who is signed in at this console.
import { body, client } from '@shared/api/client'
import { make_session } from '@shared/api/session'

export const { session, signed_in, who_is_here, leave_when_signed_out } = make_session(() => body(client.GET('/api/session')))

export async function sign_out() {
  try {
    await body(client.DELETE('/api/session'))
  } finally {
    signed_in(null)
  }
}
