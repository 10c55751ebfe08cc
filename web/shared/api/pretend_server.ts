// A server for the tests of pages: says what it is told to, and remembers what it was asked.
import { vi } from 'vitest'

export type Said = { status?: number; body?: unknown; headers?: Record<string, string> }
export type Asked = { what: string; query: string; version: string | null; csrf: string | null; body: unknown }

/** Each request takes the next answer of its kind; the last one stays. */
export function pretend_server() {
  const server = { answers: {} as Record<string, Said[]>, asked: [] as Asked[] }
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, search } = new URL(request.url)
    const what = `${request.method} ${pathname}`
    const text = await request.text()
    const { headers } = request
    server.asked.push({ what, query: decodeURIComponent(search), version: headers.get('If-Match'), csrf: headers.get('X-Doorstep-Csrf'), body: text ? JSON.parse(text) : null })
    const said = server.answers[what]
    if (!said) throw new Error(`nobody answers ${what}`)
    const { status = 200, body = null, headers: more = {} } = said.length > 1 ? said.shift()! : said[0]!
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...more } })
  })
  return server
}
