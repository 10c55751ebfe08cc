// Who is signed in at this console.
import { body, client } from '@shared/api/client'
import { make_session } from '@shared/api/session'
import type { Role } from '@shared/api/types'

export const { session, signed_in, who_is_here, leave_when_signed_out } = make_session(() => body(client.GET('/api/session')))

/** Whether whoever is signed in has one of these roles somewhere; whether it holds here is the server's to say. */
export function has_role(...roles: Role[]): boolean {
  return (session.value?.roles ?? []).some((role) => roles.includes(role))
}

export async function sign_out() {
  try {
    await body(client.DELETE('/api/session'))
  } finally {
    signed_in(null)
  }
}
