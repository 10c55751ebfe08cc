// @vitest-environment node
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

// The client needs a place to ask, and a browser's storage for the language; nothing else of a browser.
vi.stubGlobal('location', { origin: 'http://hall.test', search: '' })
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })

const { all_items, body, make_client, use_csrf, write_headers, new_key } = await import('./client')
const { ProblemError } = await import('./problem')
const { language } = await import('../i18n')

const ticket = { token: 't', number: 'A001' }
const json = (status: number, value: unknown, type = 'application/json') => new Response(JSON.stringify(value), { status, headers: { 'Content-Type': type } })

function with_answers(...answers: (Response | Error)[]) {
  const asked: Request[] = []
  const fetch = vi.fn(async (request: Request) => {
    asked.push(request)
    const answer = answers.shift()
    if (answer === undefined) throw new Error('asked once too often')
    if (answer instanceof Error) throw answer
    return answer
  })
  const client = make_client({ fetch: fetch as unknown as typeof globalThis.fetch, base: 'http://hall.test', delays_ms: [1, 1, 1] })
  const take = (key?: string) => body(client.POST('/api/halls/{hall}/tickets', { params: { path: { hall: 'hl_1' } }, body: { service: 'ask' }, headers: write_headers(key) }))
  return { client, asked, take }
}
const dropped = () => new TypeError('network dropped')

beforeAll(() => { language.value = 'zh' })
afterEach(() => use_csrf(null))

describe('writes', () => {
  test('are repeated under the same key when the network drops', async () => {
    const { asked, take } = with_answers(dropped(), dropped(), json(201, ticket))
    expect(await take()).toEqual(ticket)
    const keys = asked.map((request) => request.headers.get('Idempotency-Key'))
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await asked[2]!.json()).toEqual({ service: 'ask' })
  })

  test('keep the key that the caller gives', async () => {
    const { asked, take } = with_answers(json(201, ticket))
    await take('a-key-of-sixteen-chars')
    expect(asked[0]!.headers.get('Idempotency-Key')).toBe('a-key-of-sixteen-chars')
  })

  test('get different keys when they are different wishes', async () => {
    const { asked, take } = with_answers(json(201, ticket), json(201, ticket))
    await take()
    await take()
    expect(asked[0]!.headers.get('Idempotency-Key')).not.toBe(asked[1]!.headers.get('Idempotency-Key'))
  })

  test('are not repeated after a refusal', async () => {
    const { asked, take } = with_answers(json(409, { code: 'hall_closed', title: '大厅现在没开', detail: '开门以后再来。', status: 409, path: null, request_id: 'r' }, 'application/problem+json'))
    await expect(take()).rejects.toMatchObject({ kind: 'refused', code: 'hall_closed', title: '大厅现在没开' })
    expect(asked).toHaveLength(1)
  })

  test('carry the CSRF word once somebody is signed in, and reads do not', async () => {
    const { client, asked, take } = with_answers(json(201, ticket), json(200, ticket))
    use_csrf('word')
    await take()
    await body(client.GET('/api/tickets/{token}', { params: { path: { token: 't' } } }))
    expect(asked[0]!.headers.get('X-Doorstep-Csrf')).toBe('word')
    expect(asked[1]!.headers.get('X-Doorstep-Csrf')).toBeNull()
    expect(asked[1]!.headers.get('Idempotency-Key')).toBeNull()
  })

  test('name the version they were made on', () => {
    expect(write_headers('k', 7)).toEqual({ 'Idempotency-Key': 'k', 'If-Match': '"7"' })
  })
})

describe('reads', () => {
  test('say the language of the reader', async () => {
    const { client, asked } = with_answers(json(200, ticket), json(200, ticket))
    await body(client.GET('/api/tickets/{token}', { params: { path: { token: 't' } } }))
    language.value = 'en'
    await body(client.GET('/api/tickets/{token}', { params: { path: { token: 't' } } }))
    language.value = 'zh'
    expect(asked.map((request) => request.headers.get('Accept-Language'))).toEqual(['zh-CN', 'en'])
  })

  test('end as offline after the last repeat', async () => {
    const { client, asked } = with_answers(dropped(), dropped(), dropped(), dropped())
    const problem = await body(client.GET('/api/town')).catch((thrown: unknown) => thrown)
    expect(problem).toBeInstanceOf(ProblemError)
    expect(problem).toMatchObject({ kind: 'offline' })
    expect(asked).toHaveLength(4)
  })

  test('turn a page that is no JSON into our own fault', async () => {
    const { client } = with_answers(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    await expect(body(client.GET('/api/town'))).rejects.toMatchObject({ kind: 'unexpected', status: 502 })
    const cut = with_answers(new Response('{"name": {"zh"', { status: 200, headers: { 'Content-Type': 'application/json' } }))
    await expect(body(cut.client.GET('/api/town'))).rejects.toMatchObject({ kind: 'unexpected' })
  })

  test('follow a list to its end, but not for ever', async () => {
    const pages: Record<string, { items: number[]; next: string | null }> = { first: { items: [1, 2], next: 'b' }, b: { items: [3], next: null } }
    expect(await all_items(async (cursor) => pages[cursor ?? 'first']!)).toEqual([1, 2, 3])
    let asked = 0
    await all_items(async () => { asked += 1; return { items: [0], next: 'again' } }, 5)
    expect(asked).toBe(5)
  })
})

test('a key is made where randomUUID is missing, as on a plain http page', () => {
  const spy = vi.spyOn(crypto, 'randomUUID').mockImplementation(undefined as never)
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
  expect(new_key()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  spy.mockRestore()
})
