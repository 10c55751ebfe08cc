// From a code on the screen to a session: a code is asked for, and then, again and again, whether somebody has typed it.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { body, client } from '@shared/api/client'
import { as_problem, type ProblemError } from '@shared/api/problem'
import type { PairingView } from '@shared/api/types'

export const ask_every_ms = 3_000
const begin_again_ms = 30_000 // nobody may be there to press a button

export function use_pairing(on: { paired: () => void; over: () => void }) {
  const shown = shallowRef<PairingView | null>(null)
  const problem = shallowRef<ProblemError | null>(null)
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  async function begin() {
    clearTimeout(timer)
    busy.value = true
    problem.value = null
    try {
      shown.value = await body(client.POST('/api/device/pairing'))
      ask_later()
    } catch (thrown) {
      problem.value = as_problem(thrown)
      if (!left) timer = setTimeout(() => void begin(), begin_again_ms)
    } finally {
      busy.value = false
    }
  }

  function ask_later() {
    if (!left) timer = setTimeout(() => void ask(), ask_every_ms)
  }

  async function ask() {
    try {
      await body(client.POST('/api/device/session', { body: { secret: shown.value!.secret } }))
      if (!left) on.paired()
    } catch (thrown) {
      const found = as_problem(thrown)
      if (found.code === 'no_such_pairing') return left ? undefined : on.over()
      ask_later() // nobody has typed it yet, or the network is away
    }
  }

  onScopeDispose(() => {
    left = true
    clearTimeout(timer)
  })
  return { shown, problem, busy, begin }
}

/** "ACD EFG": six letters are read aloud and typed in two halves. */
export function in_halves(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}
