// Who is signed in here. The cookie is the browser's; the CSRF word lives in memory, and goes with every write.
import { shallowRef, watch, type Ref } from 'vue'
import { use_csrf } from './client'
import { ProblemError } from './problem'

export function make_session<View extends { csrf: string }>(ask: () => Promise<View>) {
  const session = shallowRef<View | null>(null)
  let asked = false

  function signed_in(found: View | null) {
    asked = true
    session.value = found
    use_csrf(found?.csrf ?? null)
  }

  /** Asks the server once; afterwards the answer is known. Throws when it could not be asked. */
  async function who_is_here(): Promise<View | null> {
    if (asked) return session.value
    try {
      signed_in(await ask())
    } catch (thrown) {
      if (!(thrown instanceof ProblemError) || thrown.kind !== 'not_signed_in') throw thrown
      signed_in(null)
    }
    return session.value
  }

  /** The server may have ended the session by what was just done: it is asked again. */
  function ask_again() {
    signed_in(null)
    asked = false
  }

  /** For pages behind the door: a refusal "not signed in" closes it. */
  function leave_when_signed_out(...problems: Ref<ProblemError | null>[]) {
    watch(problems, (found) => {
      if (found.some((problem) => problem?.kind === 'not_signed_in') && session.value) signed_in(null)
    })
  }

  return { session, signed_in, who_is_here, ask_again, leave_when_signed_out }
}
