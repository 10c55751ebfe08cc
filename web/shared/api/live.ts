// Live pages: use_live(topics, on_change) calls back when something changed, and whenever something may have been missed.
import { onScopeDispose, watch, type Ref } from 'vue'
import { listening, stream } from './connection'
import { LiveHub, type LiveEvent, type LiveListener, type LiveState, type Source } from './live_hub'
import type { ToWorker } from './live_worker'

export type { LiveEvent } from './live_hub'

type Wish = { topics: string[]; heard: (event: LiveEvent) => void }
const wishes = new Set<Wish>()

interface Line { topics(all: string[]): void; wake(): void; bye(): void }
let line: Line | null = null

function hear(event: LiveEvent) {
  for (const wish of [...wishes]) wish.heard(event)
}

function worker_line(): Line | null {
  if (typeof SharedWorker === 'undefined') return null
  try {
    const worker = new SharedWorker(new URL('./live_worker.ts', import.meta.url), { type: 'module', name: 'doorstep-live' })
    const send = (message: ToWorker) => worker.port.postMessage(message)
    worker.port.onmessage = ({ data }: MessageEvent<{ event?: LiveEvent; state?: LiveState }>) => {
      if (data.state) stream.value = data.state
      if (data.event) hear(data.event)
    }
    // A worker that cannot start (blocked, or its file is gone after an update) must not leave the page deaf.
    worker.onerror = () => {
      line = page_line()
      line.topics(all_topics())
    }
    return { topics: (topics) => send({ say: 'topics', topics }), wake: () => send({ say: 'wake' }), bye: () => send({ say: 'bye' }) }
  } catch {
    return null
  }
}

function page_line(): Line {
  const hub = new LiveHub((url) => new EventSource(url) as unknown as Source)
  const listener: LiveListener = {
    topics: [],
    on_event: hear,
    on_state: (state) => { stream.value = state },
  }
  return {
    topics(topics) {
      listener.topics = topics
      hub.add(listener)
    },
    wake: () => hub.wake(),
    bye: () => hub.remove(listener),
  }
}

function all_topics(): string[] {
  return [...new Set([...wishes].flatMap((wish) => wish.topics))]
}

// On a slow phone the start of a worker, and the fetching of everything that follows it, would hold up the first drawing.
const begin_after_ms = 1_000
let beginning: ReturnType<typeof setTimeout> | null = null

function tell_line() {
  listening.value = wishes.size
  if (line === null) {
    beginning ??= setTimeout(begin, begin_after_ms)
    return
  }
  line.topics(all_topics())
}

function begin() {
  beginning = null
  if (wishes.size === 0 || (typeof SharedWorker === 'undefined' && typeof EventSource === 'undefined')) return
  line = worker_line() ?? page_line()
  line.topics(all_topics())
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => {
    line?.wake()
    hear({ kind: 'reset', data: {} })
  })
  window.addEventListener('pagehide', () => line?.bye())
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    tell_line()
    hear({ kind: 'reset', data: {} })
  })
  document.addEventListener('visibilitychange', () => {
    // A phone that slept may have slept through a call.
    if (document.visibilityState !== 'visible' || wishes.size === 0) return
    line?.wake()
    hear({ kind: 'reset', data: {} })
  })
}

/** Listens while the component lives. Topics may be empty until they are known. */
export function use_live(topics: Ref<string[]>, heard: (event: LiveEvent) => void) {
  const wish: Wish = { topics: topics.value, heard }
  wishes.add(wish)
  tell_line()
  // Compared by what they say: topics computed from what was fetched are a new list after every fetch.
  watch(() => topics.value.join(), () => {
    wish.topics = topics.value
    tell_line()
  })
  onScopeDispose(() => {
    wishes.delete(wish)
    tell_line()
  })
}
