import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, shallowRef, type EffectScope } from 'vue'
import type { ImportState, ImportView } from '@shared/api/types'
import { use_runner, waits } from './runner'

// A server with one import of 60 rows, 20 to a run; what is said twice under the same key is done once.
const view = (state: ImportState, version: number, recorded: number) => ({ id: 'im_1', version, state, total: 60, recorded, refused: 0, ended: 0, kept: 0 }) as ImportView
let truth: ImportView
let runs: { key: string; version: number }[]
let disturb: ((key: string) => Response | null)[]
let kept: Map<string, ImportView>

function run(): ImportView {
  const recorded = truth.recorded + 20
  truth = view(recorded === truth.total ? 'done' : 'importing', truth.version + 1, recorded)
  return truth
}
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const refusal = (status: number, code: string) => answer(status, { code, title: code, detail: code })

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  truth = view('draft', 1, 0)
  runs = []
  disturb = []
  kept = new Map()
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return answer(200, truth)
    const key = request.headers.get('Idempotency-Key')!
    const version = Number(request.headers.get('If-Match')!.replaceAll('"', ''))
    runs.push({ key, version })
    const said = disturb.shift()?.(key)
    if (said) return said
    if (kept.has(key)) return answer(200, kept.get(key))
    if (version !== truth.version) return refusal(412, 'version_differs')
    if (truth.state === 'done') return refusal(409, 'import_step_not_possible')
    kept.set(key, run())
    return answer(200, truth)
  })
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function begin() {
  const seen = shallowRef<ImportView | null>(truth)
  scope = effectScope()
  const runner = scope.run(() => use_runner(seen, async () => { seen.value = truth }))!
  return { seen, runner }
}
async function pass(ms: number) {
  for (let gone = 0; gone < ms; gone += 500) {
    await vi.advanceTimersByTimeAsync(500)
    await flushPromises()
  }
}

test('it is asked for more until all of it is done, and a second press changes nothing', async () => {
  const { seen, runner } = begin()
  const first = runner.go()
  expect(runner.go()).toBe(first)
  await first
  expect(seen.value!.state).toBe('done')
  expect(runs.map(({ version }) => version)).toEqual([1, 2, 3])
  expect(new Set(runs.map(({ key }) => key)).size).toBe(3)
  expect(runner.pace.value).toBe('still')
})

test('a run whose answer was lost is asked again under its key, and goes on by itself when the network is back', async () => {
  const { seen, runner } = begin()
  const lost = () => { throw new TypeError('network dropped') }
  const done_but_lost = (key: string) => {
    kept.set(key, run())
    return lost()
  }
  disturb = [done_but_lost, lost, lost, lost, lost]
  void runner.go()
  await pass(4_000)
  expect(runner.pace.value).toBe('waiting')
  expect(runner.problem.value).toBeNull()
  await pass(waits.connection_ms + 2_000)
  expect(seen.value!.state).toBe('done')
  expect(new Set(runs.filter(({ version }) => version === 1).map(({ key }) => key)).size).toBe(1)
  expect(truth.recorded).toBe(60)
})

test('it does not wait for its turn when the browser says that the network is back', async () => {
  const { seen, runner } = begin()
  disturb = Array.from({ length: 4 }, () => () => { throw new TypeError('network dropped') })
  void runner.go()
  await pass(3_500)
  expect(runner.pace.value).toBe('waiting')
  window.dispatchEvent(new Event('online'))
  await flushPromises()
  await pass(500)
  expect(seen.value!.state).toBe('done')
})

test('a server that is busy is given time', async () => {
  const { seen, runner } = begin()
  disturb = [() => refusal(503, 'busy')]
  void runner.go()
  await pass(500)
  expect(runner.pace.value).toBe('waiting')
  await pass(waits.connection_ms + 500)
  expect(seen.value!.state).toBe('done')
})

test('while another window is at it, this one follows; where that one was closed, it goes on', async () => {
  const { seen, runner } = begin()
  run()
  void runner.go()
  await pass(500)
  expect(runner.pace.value).toBe('elsewhere')
  expect(seen.value!.recorded).toBe(20)
  run()
  await pass(waits.others_ms)
  expect(seen.value!.recorded).toBe(40)
  expect(runs).toHaveLength(1)
  await pass(waits.others_ms + 500)
  expect(seen.value!.state).toBe('done')
  expect(truth.recorded).toBe(60)
})

test('what was finished or stopped elsewhere is shown as it is', async () => {
  const { seen, runner } = begin()
  truth = { ...view('done', 9, 40) }
  await runner.go()
  expect(seen.value).toMatchObject({ state: 'done', version: 9 })
  expect(runner.problem.value).toBeNull()
})

test('what is wrong is said, and pressing again goes on', async () => {
  const { seen, runner } = begin()
  disturb = [() => null, () => refusal(403, 'not_allowed')]
  await runner.go()
  expect(runner.problem.value?.code).toBe('not_allowed')
  expect(seen.value!.recorded).toBe(20)
  await runner.go()
  expect(runner.problem.value).toBeNull()
  expect(seen.value!.state).toBe('done')
})

test('whoever leaves the page stops asking', async () => {
  const { seen, runner } = begin()
  disturb = [() => null, () => { scope.stop(); return null }]
  await runner.go()
  expect(seen.value!.recorded).toBe(40)
  expect(runs).toHaveLength(2)
})
