// One write that a person asks for by pressing something: is it under way, what went wrong, and the key of the wish.
// Pressing again after the network failed sends the same wish under the same key; a different wish gets a new one.
import { ref, shallowRef } from 'vue'
import { new_key } from './client'
import { as_problem, type ProblemError } from './problem'

export function use_send<Wish extends unknown[], Result>(send: (key: string, ...wish: Wish) => Promise<Result>) {
  const busy = ref(false)
  const problem = shallowRef<ProblemError | null>(null)
  let kept: { wish: string; key: string } | null = null

  async function press(...wish: Wish): Promise<Result | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = null
    const said = JSON.stringify(wish)
    const key = kept?.wish === said ? kept.key : new_key()
    kept = { wish: said, key }
    try {
      const result = await send(key, ...wish)
      kept = null
      return result
    } catch (thrown) {
      problem.value = as_problem(thrown)
      // The outcome is unknown only when nothing came back or the server broke; a refusal is final.
      if (problem.value.kind !== 'offline' && problem.value.kind !== 'unexpected') kept = null
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, press }
}
