// The typed door to the server.
//
// Reads are repeated when the network drops. Writes carry an Idempotency-Key and are repeated under the SAME key, so a
// ticket taken twice by a bad connection is one ticket. A key may also be kept by the caller (see send.ts), for when a
// person presses the button again after all repeats failed. Every refusal arrives as a ProblemError.
import createClient from 'openapi-fetch'
import { language_tag } from '../i18n'
import { offline_problem, problem_from } from './problem'
import type { paths } from './schema'

// Keys, versions and the CSRF word travel in headers that this file adds; the pages do not spell them out.
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Headerless<Operation> = Operation extends { parameters: infer Parameters }
  ? Omit<Operation, 'parameters'> & { parameters: Omit<Parameters, 'header'> & { header?: never } }
  : Operation
type OurPaths = { [Path in keyof paths]: { [Each in keyof paths[Path]]: Each extends Method ? Headerless<paths[Path][Each]> : paths[Path][Each] } }

export const retry_delays_ms = [300, 900, 2_000]
export const request_timeout_ms = 15_000

const session = { csrf: null as string | null }

/** Called with each session (see session.ts): every write of whoever is signed in carries its word. */
export function use_csrf(csrf: string | null) {
  session.csrf = csrf
}

export function new_key(): string {
  // randomUUID needs a secure context; a hall may be served plainly inside its own network.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** What every request says, and a write beside it: the word of whoever is signed in. */
export function common_headers(is_write: boolean): Record<string, string> {
  return { 'Accept-Language': language_tag.value, ...(is_write && session.csrf ? { 'X-Doorstep-Csrf': session.csrf } : {}) }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export interface ClientOptions {
  fetch?: typeof globalThis.fetch
  base?: string
  delays_ms?: readonly number[]
}

export function make_client(options: ClientOptions = {}) {
  const delays = options.delays_ms ?? retry_delays_ms

  async function patient_fetch(request: Request): Promise<Response> {
    const send = options.fetch ?? globalThis.fetch
    for (let attempt = 0; ; attempt += 1) {
      const stop = new AbortController()
      const timer = setTimeout(() => stop.abort(), request_timeout_ms)
      try {
        return await send(new Request(request.clone(), { signal: stop.signal }))
      } catch {
        // Nothing arrived, or it is not known whether it did. The key makes asking again safe.
        if (attempt >= delays.length) throw offline_problem()
        await sleep(delays[attempt]!)
      } finally {
        clearTimeout(timer)
      }
    }
  }

  const raw = createClient<OurPaths>({
    baseUrl: options.base ?? location.origin,
    credentials: 'same-origin',
    fetch: patient_fetch,
  })
  raw.use({
    onRequest({ request }) {
      const is_write = request.method !== 'GET' && request.method !== 'HEAD'
      for (const [name, value] of Object.entries(common_headers(is_write))) request.headers.set(name, value)
      if (is_write && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', new_key())
      return request
    },
  })
  return raw
}

export const client = make_client()

/** What a write says beside its body: the key that stays the same when it is sent again, and the version it was made on. */
export function write_headers(key?: string, version?: number): Record<string, string> {
  return {
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
  }
}

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** An answer that is none of a refusal; else a ProblemError thrown. */
async function granted<T>(asked: Promise<Answer<T>>): Promise<Answer<T>> {
  let answer: Answer<T>
  try {
    answer = await asked
  } catch (thrown) {
    // A body that is not JSON: a proxy's error page, or an answer cut off half way.
    if (thrown instanceof SyntaxError) throw problem_from(502, null)
    throw thrown
  }
  if (!answer.response.ok) throw problem_from(answer.response.status, answer.error)
  return answer
}

/** The body of an answer, or a ProblemError thrown. */
export async function body<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await granted(asked)).data as T
}

/** An answer that is a file, under the name that the server gives it; asked for with `parseAs: 'blob'`. */
export async function file(asked: Promise<Answer<Blob>>): Promise<File> {
  const { data, response } = await granted(asked)
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'file'
  return new File([data as Blob], decodeURIComponent(name), { type: data!.type })
}

/** All items of a list, page after page; ends after `pages_max` pages whatever the server says. */
export async function all_items<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
  pages_max = 20,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  for (let count = 0; count < pages_max; count += 1) {
    const found = await page(cursor)
    items.push(...found.items)
    if (!found.next) break
    cursor = found.next
  }
  return items
}
