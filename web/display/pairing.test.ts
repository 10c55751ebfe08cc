import { effectScope, type EffectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server } from '@shared/api/pretend_server'
import { ask_every_ms, in_halves, use_pairing } from './pairing'

const pairing = 'POST /api/device/pairing'
const session = 'POST /api/device/session'
const code = { status: 201, body: { code: 'ACDE3F', secret: 'secret', expires_at: '2026-11-24T12:10:00Z' } }
const waits = { status: 409, body: { code: 'pairing_waits', title: '还没有人配对' } }
const over = { status: 404, body: { code: 'no_such_pairing', title: '配对码过期了' } }
const paired = { status: 200, body: { device: 'dv_1', csrf: 'word' } }

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
function begin() {
  const on = { paired: vi.fn(), over: vi.fn() }
  return { on, ...scope.run(() => use_pairing(on))! }
}
const rounds = async (count: number) => { for (let i = 0; i < count; i += 1) await vi.advanceTimersByTimeAsync(ask_every_ms) }

test('a code is shown, and asked about until somebody has typed it', async () => {
  const server = pretend_server()
  server.answers = { [pairing]: [code], [session]: [waits, waits, paired] }
  const { on, shown, begin: press } = begin()
  await press()
  expect(shown.value?.code).toBe('ACDE3F')
  await rounds(2)
  expect(on.paired).not.toHaveBeenCalled()
  await rounds(1)
  expect(on.paired).toHaveBeenCalledOnce()
  await rounds(3)
  expect(server.asked.filter(({ what }) => what === session)).toHaveLength(3)
  expect(server.asked.at(-1)?.body).toEqual({ secret: 'secret' })
})

test('a code that has expired is over', async () => {
  const server = pretend_server()
  server.answers = { [pairing]: [code], [session]: [waits, over] }
  const { on, begin: press } = begin()
  await press()
  await rounds(4)
  expect(on.over).toHaveBeenCalledOnce()
  expect(on.paired).not.toHaveBeenCalled()
  expect(server.asked.filter(({ what }) => what === session)).toHaveLength(2)
})

test('when no code comes it is said, and can be tried again', async () => {
  const server = pretend_server()
  server.answers = { [pairing]: [{ status: 429, body: { code: 'too_many_requests', title: '等一等' } }, code], [session]: [waits] }
  const { problem, shown, begin: press } = begin()
  await press()
  expect(problem.value?.kind).toBe('busy')
  await press()
  expect(problem.value).toBeNull()
  expect(shown.value?.code).toBe('ACDE3F')
})

test('whoever leaves is asked for no longer', async () => {
  const server = pretend_server()
  server.answers = { [pairing]: [code], [session]: [waits] }
  const { begin: press } = begin()
  await press()
  await rounds(1)
  scope.stop()
  await rounds(3)
  expect(server.asked.filter(({ what }) => what === session)).toHaveLength(1)
})

test('a code is read aloud in two halves', () => {
  expect(in_halves('ACDE3F')).toBe('ACD E3F')
})
