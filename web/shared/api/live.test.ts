import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { LiveEvent } from './live_hub'

const opened: FakeEventSource[] = []
class FakeEventSource {
  readyState = 0
  onopen: ((event: Event) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  readonly heard = new Map<string, (event: MessageEvent<string>) => void>()
  constructor(readonly url: string) { opened.push(this) }
  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void) { this.heard.set(kind, listener) }
  close() { this.readyState = 2 }
  send(kind: string) { this.heard.get(kind)?.({ data: '{}', lastEventId: '' } as MessageEvent<string>) }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  opened.length = 0
  vi.stubGlobal('EventSource', FakeEventSource)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a live page', () => {
  test('that makes its topics anew out of what it fetched, the same as before, is not told to fetch again', async () => {
    const { use_live } = await import('./live')
    const topics = ref<string[]>(['hall:hl_1'])
    const heard: LiveEvent[] = []
    const scope = effectScope()
    scope.run(() => use_live(topics, (event) => {
      heard.push(event)
      topics.value = ['hall:hl_1'] // as a computed value does when what it is made of was fetched
    }))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(opened).toHaveLength(1)
    opened[0]!.send('reset')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(opened).toHaveLength(1)
    expect(heard.map((event) => event.kind)).toEqual(['reset'])
    scope.stop()
  })

  test('that wants other topics gets them', async () => {
    const { use_live } = await import('./live')
    const topics = ref<string[]>([])
    const scope = effectScope()
    scope.run(() => use_live(topics, () => undefined))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(opened).toHaveLength(0)
    topics.value = ['hall:hl_1']
    await vi.advanceTimersByTimeAsync(100)
    topics.value = ['hall:hl_2']
    await vi.advanceTimersByTimeAsync(100)
    expect(opened.map((source) => new URL(source.url, 'http://hall.test').searchParams.get('topics'))).toEqual(['hall:hl_1', 'hall:hl_2'])
    scope.stop()
  })
})
