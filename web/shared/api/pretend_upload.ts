// A file on its way, for the tests of pages: in the place of XMLHttpRequest, it remembers what was sent and says what it is told to.
import type { Said } from './pretend_server'

export class PretendUpload extends EventTarget {
  static sent: { path: string; headers: Record<string, string>; bytes: ArrayBuffer }[] = []
  static answers: (Said | 'lost')[] = []
  upload = new EventTarget()
  headers: Record<string, string> = {}
  path = ''
  status = 0
  responseText = ''
  open(_method: string, path: string) { this.path = path }
  setRequestHeader(name: string, value: string) { this.headers[name] = value }
  abort() { this.dispatchEvent(new Event('abort')) }
  send(bytes: ArrayBuffer) {
    PretendUpload.sent.push({ path: this.path, headers: this.headers, bytes })
    const said = PretendUpload.answers.shift()!
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 5, total: 10 }))
    void Promise.resolve().then(() => {
      if (said === 'lost') return this.dispatchEvent(new Event('error'))
      this.status = said.status ?? 200
      this.responseText = JSON.stringify(said.body)
      return this.dispatchEvent(new Event('load'))
    })
  }
}
