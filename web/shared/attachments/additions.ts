// Photos and documents on their way to a case, one after another: how far each is, and what went wrong. What the network lost is
// sent again under the same key, by itself when the network is back, so nothing is added twice.
import { computed, onScopeDispose, shallowReactive } from 'vue'
import { new_key } from '../api/client'
import { as_problem, type ProblemError } from '../api/problem'
import { upload } from '../api/upload'
import type { AttachmentView } from '../api/types'

export const bytes_max = 10 * 1024 * 1024
/** Asked for so, a phone hands out JPEG whatever it keeps itself. */
export const picked_types = 'image/jpeg,image/png,image/webp,application/pdf'
export const taken_types = 'image/jpeg,image/png'

export interface Addition {
  readonly number: number
  readonly name: string
  readonly file: File
  readonly material: string | null
  readonly key: string
  part: number
  state: 'waiting' | 'sending' | 'failed'
  fault: 'large' | 'empty' | 'unreadable' | null
  problem: ProblemError | null
}

/** Whether the same may be sent again: it did not arrive, or was not looked at. */
export const may_repeat = ({ problem }: Addition): boolean => problem !== null && ['offline', 'unexpected', 'busy'].includes(problem.kind)

export function use_additions(address: () => string, added: () => void) {
  const all = shallowReactive<Addition[]>([])
  let count = 0
  let running = false
  const stop = new AbortController()

  function end(addition: Addition) {
    const at = all.indexOf(addition)
    if (at >= 0) all.splice(at, 1)
  }

  async function send(addition: Addition) {
    addition.state = 'sending'
    addition.part = 0
    addition.problem = null
    let bytes: ArrayBuffer
    try {
      bytes = await addition.file.arrayBuffer()
    } catch {
      addition.fault = 'unreadable' // it was deleted meanwhile, or lies where the browser may not look
      addition.state = 'failed'
      return
    }
    const query = addition.material ? `?${new URLSearchParams({ material: addition.material })}` : ''
    try {
      await upload<AttachmentView>({
        path: address() + query, type: 'application/octet-stream', bytes, key: addition.key, signal: stop.signal, on_part: (part) => { addition.part = part },
      })
      end(addition)
      added()
    } catch (thrown) {
      addition.problem = as_problem(thrown)
      addition.state = 'failed'
    }
  }

  async function run() {
    if (running) return
    running = true
    // What waits behind one that the network lost goes on waiting.
    for (let next; !stop.signal.aborted && (next = all.find(({ state }) => state === 'waiting'));) {
      await send(next)
      if (next.problem?.kind === 'offline') break
    }
    running = false
  }

  function add(files: Iterable<File>, material: string | null) {
    for (const file of files) {
      const fault = file.size === 0 ? 'empty' : file.size > bytes_max ? 'large' : null
      all.push(shallowReactive<Addition>({
        number: (count += 1), name: file.name, file, material, key: new_key(), part: 0, state: fault ? 'failed' : 'waiting', fault, problem: null,
      }))
    }
    void run()
  }
  function repeat(addition: Addition) {
    if (addition.state !== 'failed') return
    addition.state = 'waiting'
    void run()
  }
  function repeat_lost() {
    for (const addition of all) if (addition.problem?.kind === 'offline') addition.state = 'waiting'
    void run()
  }
  addEventListener('online', repeat_lost)
  onScopeDispose(() => {
    stop.abort()
    removeEventListener('online', repeat_lost)
  })
  const busy = computed(() => all.some(({ state }) => state === 'sending'))
  return { all, busy, add, repeat, dismiss: end }
}

/** 2.4 MB, 310 KB; never 0. */
export function size_of(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / (1024 * 1024)).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / 1024))} KB`
}
