// A file on its way to the server: the one request that has to say how far it is, which fetch cannot. A large file on a slow
// line takes long, so not the whole is limited but the silence. What did not arrive is sent again under the same key.
import { common_headers, write_headers } from './client'
import { offline_problem, problem_from } from './problem'

const silence_max_ms = 60_000

interface Wish {
  path: string
  type: string
  bytes: ArrayBuffer
  key: string
  /** From 0 to 1: then all of it was sent, and the server reads it. */
  on_part: (part: number) => void
  signal?: AbortSignal
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a proxy's error page, or an answer cut off half way
  }
}

/** The body of the answer, or a ProblemError thrown. */
export function upload<View>({ path, type, bytes, key, on_part, signal }: Wish): Promise<View> {
  return new Promise<View>((resolve, reject) => {
    const request = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout>
    const stop = () => request.abort()
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(stop, silence_max_ms)
    }
    const over = () => {
      clearTimeout(silence)
      signal?.removeEventListener('abort', stop)
    }
    request.open('POST', path)
    for (const [name, value] of Object.entries({ ...common_headers(true), ...write_headers(key), 'Content-Type': type })) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      heard()
      on_part(total > 0 ? loaded / total : 0)
    })
    request.addEventListener('load', () => {
      over()
      const answer = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300 && answer !== null) resolve(answer as View)
      else reject(problem_from(request.status < 300 ? 502 : request.status, answer))
    })
    for (const kind of ['error', 'abort'] as const) {
      request.addEventListener(kind, () => {
        over()
        reject(offline_problem())
      })
    }
    signal?.addEventListener('abort', stop)
    heard()
    request.send(bytes)
  })
}
