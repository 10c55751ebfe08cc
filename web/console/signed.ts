// For pages behind the door: a refusal "not signed in" sends the person to sign in and back again.
import { watch, type Ref } from 'vue'
import type { ProblemError } from '@shared/api/problem'
import { session, signed_in } from './session'

export function leave_when_signed_out(...problems: Ref<ProblemError | null>[]) {
  watch(problems, (found) => {
    if (found.some((problem) => problem?.kind === 'not_signed_in') && session.value) signed_in(null)
  })
}
