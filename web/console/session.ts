// Who is signed in at this console. The cookie is the browser's; the CSRF word lives here, in memory.
import { shallowRef } from 'vue'
import { body, client, use_csrf } from '@shared/api/client'
import { ProblemError } from '@shared/api/problem'
import type { SessionView } from '@shared/api/types'
import { texts } from '@shared/i18n'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts(zh, en)
export const session = shallowRef<SessionView | null>(null)
let asked = false

export function signed_in(found: SessionView | null) {
  asked = true
  session.value = found
  use_csrf(found?.csrf ?? null)
}

/** Asks the server once; afterwards the answer is known. Throws when it could not be asked. */
export async function who_is_here(): Promise<SessionView | null> {
  if (asked) return session.value
  try {
    signed_in(await body(client.GET('/api/session')))
  } catch (thrown) {
    if (!(thrown instanceof ProblemError) || thrown.kind !== 'not_signed_in') throw thrown
    signed_in(null)
  }
  return session.value
}

export async function sign_out() {
  try {
    await body(client.DELETE('/api/session'))
  } finally {
    signed_in(null)
  }
}
