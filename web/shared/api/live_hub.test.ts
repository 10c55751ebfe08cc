import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LiveHub, type LiveEvent, type LiveListener, type LiveState, type Source } from './live_hub'

class FakeSource implements Source {
  readyState = 0
  onopen: ((event: Event) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  readonly heard = new Map<string, (event: MessageEvent<string>) => void>()
  constructor(readonly url: string) {}
  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void) { this.heard.set(kind, listener) }
  close() { this.readyState = 2 }
  open() { this.readyState = 1; this.onopen?.(new Event('open')) }
  drop(for_good: boolean) { this.readyState = for_good ? 2 : 0; this.onerror?.(new Event('error')) }
  send(kind: string, data: string, lastEventId = '') { this.heard.get(kind)?.({ data, lastEventId } as MessageEvent<string>) }
}

let sources: FakeSource[]
let hub: LiveHub
function listener(...topics: string[]) {
  const events: LiveEvent[] = []
  const states: LiveState[] = []
  const made: LiveListener & { events: LiveEvent[]; states: LiveState[] } = { topics, events, states, on_event: (event) => events.push(event), on_state: (state) => states.push(state) }
  return made
}
const latest = () => sources.at(-1)!
const query = (source: FakeSource) => new URL(source.url, 'http://hall.test').searchParams
const topics_of = (source: FakeSource) => query(source).get('topics')!.split(',')

beforeEach(() => {
  vi.useFakeTimers()
  sources = []
  hub = new LiveHub((url) => {
    const source = new FakeSource(url)
    sources.push(source)
    return source
  })
})
afterEach(() => vi.useRealTimers())

describe('one source for all', () => {
  test('opens once with the topics of everybody', () => {
    hub.add(listener('hall:hl_1'))
    hub.add(listener('ticket:abc', 'hall:hl_1'))
    vi.advanceTimersByTime(50)
    expect(sources).toHaveLength(1)
    expect(topics_of(latest())).toEqual(['hall:hl_1', 'ticket:abc'])
  })

  test('opens anew when the topics change, from the start: the server answers with a reset', () => {
    hub.add(listener('hall:hl_1'))
    vi.advanceTimersByTime(50)
    latest().open()
    latest().send('ticket_taken', '{}', '7')
    hub.add(listener('ticket:abc'))
    vi.advanceTimersByTime(50)
    expect(sources).toHaveLength(2)
    expect(sources[0]!.readyState).toBe(2)
    expect(topics_of(latest())).toEqual(['hall:hl_1', 'ticket:abc'])
    expect(query(latest()).get('after')).toBeNull()
  })

  test('says reset to who comes to a stream that is open already: they may have missed something before', () => {
    const first = listener('hall:hl_1')
    hub.add(first)
    vi.advanceTimersByTime(50)
    latest().open()
    const second = listener('hall:hl_1')
    hub.add(second)
    vi.advanceTimersByTime(50)
    expect(sources).toHaveLength(1)
    expect(second.events.map((event) => event.kind)).toEqual(['reset'])
    expect(first.events).toEqual([])
  })

  test('a listener that says once more what it listens to changes nothing', () => {
    const page = listener('hall:hl_1')
    hub.add(page)
    vi.advanceTimersByTime(50)
    latest().open()
    hub.add(page)
    vi.advanceTimersByTime(50)
    expect(sources).toHaveLength(1)
    expect(page.events).toEqual([])
  })

  test('asks for no more topics than a stream has room for, those of the newest page first', () => {
    for (let page = 1; page <= 12; page += 1) hub.add(listener(`ticket:${page}`))
    vi.advanceTimersByTime(50)
    expect(topics_of(latest())).toHaveLength(8)
    expect(topics_of(latest())).toContain('ticket:12')
  })

  test('stays as it is when a listener leaves whose topics others share, and closes with the last', () => {
    const one = listener('hall:hl_1')
    const two = listener('hall:hl_1')
    hub.add(one)
    hub.add(two)
    vi.advanceTimersByTime(50)
    hub.remove(two)
    vi.advanceTimersByTime(50)
    expect(sources).toHaveLength(1)
    hub.remove(one)
    vi.advanceTimersByTime(50)
    expect(latest().readyState).toBe(2)
  })
})

describe('resuming', () => {
  test('the browser resumes a dropped source by itself: no reset, and the state is told', () => {
    const page = listener('hall:hl_1')
    hub.add(page)
    vi.advanceTimersByTime(50)
    latest().open()
    latest().drop(false)
    latest().open()
    expect(sources).toHaveLength(1)
    expect(page.states).toEqual(['connecting', 'open', 'lost', 'open'])
    expect(page.events).toEqual([])
  })

  test('a source that ended for good is opened again, ever more slowly, after the last event heard', () => {
    const page = listener('hall:hl_1')
    hub.add(page)
    vi.advanceTimersByTime(50)
    latest().open()
    latest().send('ticket_taken', '{}', '41')
    latest().drop(true)
    vi.advanceTimersByTime(1_000)
    expect(sources).toHaveLength(2)
    expect(query(latest()).get('after')).toBe('41')
    latest().drop(true)
    vi.advanceTimersByTime(1_000)
    expect(sources).toHaveLength(2)
    vi.advanceTimersByTime(1_000)
    expect(sources).toHaveLength(3)
    latest().open()
    expect(page.states.at(-1)).toBe('open')
  })

  test('waking up does not wait for the next try', () => {
    hub.add(listener('hall:hl_1'))
    vi.advanceTimersByTime(50)
    latest().open()
    latest().drop(true)
    hub.wake()
    expect(sources).toHaveLength(2)
    latest().open()
    hub.wake()
    expect(sources).toHaveLength(2)
  })
})

describe('events', () => {
  test('reach everybody with their data; a reset of the server is passed on; nonsense does no harm', () => {
    const page = listener('hall:hl_1')
    hub.add(page)
    vi.advanceTimersByTime(50)
    latest().open()
    latest().send('ticket_called', '{"seq": 7, "number": "A012", "window": 3}')
    latest().send('reset', '{}')
    latest().send('case_changed', 'not json')
    expect(page.events).toEqual([
      { kind: 'ticket_called', data: { seq: 7, number: 'A012', window: 3 } },
      { kind: 'reset', data: {} },
      { kind: 'case_changed', data: {} },
    ])
  })

  test('of an old source are not heard', () => {
    const page = listener('hall:hl_1')
    hub.add(page)
    vi.advanceTimersByTime(50)
    const old = latest()
    old.open()
    hub.add(listener('ticket:abc'))
    vi.advanceTimersByTime(50)
    old.send('ticket_called', '{}')
    expect(page.events).toEqual([])
  })
})
