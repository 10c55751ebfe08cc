// An import is run a few rows at a time, and this page asks for each few. A run takes the version that was seen, so two windows
// do no harm: whoever comes second is told so, follows, and takes over only when nothing moves any more. What did not arrive is
// asked again under the same key.
import { onScopeDispose, ref, type Ref } from 'vue'
import { body, client, write_headers } from '@shared/api/client'
import { use_send } from '@shared/api/send'
import type { ImportView } from '@shared/api/types'
import { is_under_way } from './imports'

/** still: nobody asks. waiting: no connection. elsewhere: another window is at it. */
export type Pace = 'still' | 'going' | 'waiting' | 'elsewhere'
export const waits = { connection_ms: 3_000, others_ms: 3_000 }

export function use_runner(view: Ref<ImportView | null>, reload: () => Promise<void>) {
  const pace = ref<Pace>('still')
  const run = use_send((key, id: string, version: number) => body(client.POST('/api/imports/{import}/run', { params: { path: { import: id } }, headers: write_headers(key, version) })))
  let under_way: Promise<void> | null = null
  let halted = false
  let wake: () => void = () => undefined

  function pause(ms: number) {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), ms)
      wake = () => {
        clearTimeout(timer)
        window.removeEventListener('online', wake)
        resolve()
      }
      window.addEventListener('online', wake)
    })
  }

  /** Another window was quicker: it is left to it for as long as it moves. */
  async function follow() {
    pace.value = 'elsewhere'
    await reload()
    for (let seen = -1; !halted && view.value && is_under_way(view.value) && view.value.version !== seen;) {
      seen = view.value.version
      await pause(waits.others_ms)
      await reload()
    }
  }

  /** Whether to ask for more, or for the same again. */
  async function once(): Promise<'more' | 'again' | null> {
    const now = view.value
    if (!now || halted) return null
    const next = await run.press(now.id, now.version)
    if (next) {
      pace.value = 'going'
      if (next.version > (view.value?.version ?? 0)) view.value = next
      return 'more'
    }
    const problem = run.problem.value
    switch (problem?.kind) {
      case 'offline':
      case 'busy':
        run.problem.value = null
        pace.value = 'waiting'
        await pause(waits.connection_ms)
        return 'again'
      case 'version_differs':
        run.problem.value = null
        await follow()
        return 'more'
      default:
        // Elsewhere it was stopped, or is done.
        if (problem?.code === 'import_step_not_possible') {
          run.problem.value = null
          await reload()
        }
        return null
    }
  }

  /** Until there is nothing to do, or something is wrong. A draft begins with it. Pressed twice it is done once. */
  function go(): Promise<void> {
    under_way ??= (async () => {
      halted = false
      pace.value = 'going'
      let next = await once()
      while (next === 'again' || (next === 'more' && view.value && is_under_way(view.value))) next = await once()
    })().finally(() => {
      under_way = null
      pace.value = 'still'
    })
    return under_way
  }
  async function halt() {
    halted = true
    wake()
    await under_way
  }
  onScopeDispose(() => void halt())
  return { pace, problem: run.problem, go, halt }
}
