// The SharedWorker: every page of this browser listens through the one EventSource that lives here.
import { LiveHub, type LiveListener, type Source } from './live_hub'

export type ToWorker = { say: 'topics'; topics: string[] } | { say: 'wake' } | { say: 'bye' }

const hub = new LiveHub((url) => new EventSource(url) as unknown as Source)

;(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const port = event.ports[0]!
  const listener: LiveListener = {
    topics: [],
    on_event: (live) => port.postMessage({ event: live }),
    on_state: (state) => port.postMessage({ state }),
  }
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.say === 'topics') {
      listener.topics = data.topics
      hub.add(listener)
    } else if (data.say === 'wake') {
      hub.wake()
    } else {
      hub.remove(listener)
    }
  }
}
