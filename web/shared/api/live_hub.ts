// One EventSource for everybody who listens, whether it lives in a SharedWorker or in the page itself.
//
// - It opens with the topics of all listeners together, and opens anew when those change. The server begins such a
//   stream with `reset`: fetch everything, for what happened before is not told.
// - A dropped connection is resumed: by the browser with Last-Event-ID, or by us with `after` where the browser gave up.
//   The server then sends what was missed, or `reset` when that is too much.
// - An event is a hint that something changed; the pages fetch the truth. So a doubled or foreign event does no harm.

export const live_kinds = [
  'ticket_taken', 'ticket_called', 'ticket_recalled', 'ticket_started', 'ticket_missed', 'ticket_finished', 'ticket_cancelled',
  'ticket_returned', 'window_changed', 'day_ended', 'case_opened', 'case_changed', 'device_changed', 'reset',
] as const

export type LiveKind = (typeof live_kinds)[number]
export interface LiveEvent { kind: LiveKind; data: Record<string, unknown> }
export type LiveState = 'connecting' | 'open' | 'lost'

export interface LiveListener {
  topics: readonly string[]
  on_event(event: LiveEvent): void
  on_state(state: LiveState): void
}

/** The part of EventSource that is used, so that tests can stand in for it. */
export interface Source {
  readonly readyState: number
  onopen: ((event: Event) => void) | null
  onerror: ((event: Event) => void) | null
  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
}

const closed = 2
const topics_max = 8 // the server's limit for one stream
const gather_ms = 20
const reopen_first_ms = 1_000
const reopen_most_ms = 15_000

export class LiveHub {
  /** Everybody who listens, and the topics they last said. */
  private readonly listeners_ = new Map<LiveListener, string>()
  private readonly newcomers_ = new Set<LiveListener>()
  private source_: Source | null = null
  private opened_for_ = ''
  private state_: LiveState = 'connecting'
  private last_id_ = ''
  private gather_: ReturnType<typeof setTimeout> | null = null
  private reopen_: ReturnType<typeof setTimeout> | null = null
  private reopen_ms_ = reopen_first_ms

  constructor(private readonly open_source_: (url: string) => Source) {}

  /** Says what a listener listens to from now on. Saying the same once more changes nothing: a reset would make it fetch, and say it again. */
  add(listener: LiveListener) {
    const topics = listener.topics.join()
    if (this.listeners_.get(listener) === topics) return
    this.listeners_.set(listener, topics)
    this.newcomers_.add(listener)
    listener.on_state(this.state_)
    this.gather()
  }

  remove(listener: LiveListener) {
    this.newcomers_.delete(listener)
    if (this.listeners_.delete(listener)) this.gather()
  }

  private gather() {
    if (this.gather_ !== null) return
    this.gather_ = setTimeout(() => {
      this.gather_ = null
      this.follow()
    }, gather_ms)
  }

  /** The device woke up or found its network again: do not wait for the next try. */
  wake() {
    if (this.state_ !== 'open' && this.wanted() !== '') this.open()
  }

  private wanted(): string {
    // Should a browser have more pages open than a stream has room for, those opened last are served.
    const topics = new Set([...this.listeners_.keys()].reverse().flatMap((listener) => [...listener.topics]))
    return [...topics].slice(0, topics_max).sort().join(',')
  }

  private follow() {
    const wanted = this.wanted()
    const newcomers = [...this.newcomers_]
    this.newcomers_.clear()
    if (wanted === this.opened_for_ && this.source_ !== null) {
      // The stream was there before them, so the server tells them of no reset.
      for (const each of newcomers) each.on_event({ kind: 'reset', data: {} })
      return
    }
    if (wanted === '') {
      this.shut()
      this.opened_for_ = ''
      return
    }
    this.open()
  }

  private shut() {
    if (this.reopen_ !== null) clearTimeout(this.reopen_)
    this.reopen_ = null
    this.source_?.close()
    this.source_ = null
  }

  private open() {
    this.shut()
    const wanted = this.wanted()
    if (wanted !== this.opened_for_) this.last_id_ = ''
    this.opened_for_ = wanted
    const after = this.last_id_ === '' ? '' : `&after=${encodeURIComponent(this.last_id_)}`
    const source = this.open_source_(`/api/events?topics=${encodeURIComponent(wanted)}${after}`)
    this.source_ = source
    source.onopen = () => {
      if (this.source_ !== source) return
      this.reopen_ms_ = reopen_first_ms
      this.tell_state('open')
    }
    source.onerror = () => {
      if (this.source_ !== source) return
      this.tell_state('lost')
      if (source.readyState !== closed) return // the browser tries again by itself
      this.shut()
      this.reopen_ = setTimeout(() => this.open(), this.reopen_ms_)
      this.reopen_ms_ = Math.min(this.reopen_ms_ * 2, reopen_most_ms)
    }
    for (const kind of live_kinds) {
      source.addEventListener(kind, (message) => {
        if (this.source_ !== source) return
        if (message.lastEventId) this.last_id_ = message.lastEventId
        this.tell({ kind, data: read(message.data) })
      })
    }
  }

  private tell(event: LiveEvent) {
    for (const listener of [...this.listeners_.keys()]) listener.on_event(event)
  }

  private tell_state(state: LiveState) {
    this.state_ = state
    for (const listener of [...this.listeners_.keys()]) listener.on_state(state)
  }
}

function read(data: unknown): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(String(data))
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
