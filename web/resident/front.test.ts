// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const hall = (id: string) => ({ id, venue_id: 've_1', venue: { zh: '', en: '' }, address: { zh: '', en: '' }, open: true, today: [], note: null })
const town = { name: { zh: '示例镇', en: 'Sample' }, time_zone: 'Asia/Shanghai', demo: true, halls: [hall('hl_1'), hall('hl_2')] }
const line = (id: string) => ({ hall: id, seq: 1, waiting: 3, groups: [], windows: [], calls: [] })
const front = (next: string | null = null) => ({ town, hall: 'hl_1', services: { items: [{ key: 'a' }], next }, queue: line('hl_1') })

const asked: string[] = []
function answers(bodies: Record<string, unknown>) {
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const path = new URL(request.url).pathname
    asked.push(path)
    const found = bodies[path]
    return new Response(JSON.stringify(found ?? {}), { status: found ? 200 : 404, headers: { 'content-type': 'application/json' } })
  }))
}

describe('the first answer', () => {
  beforeEach(() => {
    vi.resetModules()
    asked.length = 0
    localStorage.clear()
    ;(window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL('http://doorstep.test/')
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is all that the first page needs', async () => {
    answers({ '/api/front': front() })
    const { ask_for_front, ask_for_hall, queue, services } = await import('./front')
    await ask_for_front()
    expect(services.data.value).toEqual({ hall: 'hl_1', items: [{ key: 'a' }] })
    expect(queue.data.value?.waiting).toBe(3)
    ask_for_hall() // as the page does when it opens
    await new Promise((go_on) => setTimeout(go_on, 20))
    expect(asked).toEqual(['/api/front'])
    ask_for_hall() // and when it is opened again
    await vi.waitFor(() => expect(asked).toHaveLength(3))
  })

  it.each([['another hall was chosen here', null, 'hl_2'], ['a hall has very many services', 'more', 'hl_1']])('leaves the page to ask when %s', async (_, next, chosen) => {
    localStorage.setItem('doorstep.hall', chosen)
    answers({ '/api/front': front(next), [`/api/halls/${chosen}/services`]: { items: [], next: null }, [`/api/halls/${chosen}/queue`]: line(chosen) })
    const { ask_for_front, ask_for_hall, services } = await import('./front')
    await ask_for_front()
    expect(services.data.value).toBeNull()
    ask_for_hall()
    await vi.waitFor(() => expect(services.data.value?.hall).toBe(chosen))
  })

  it('that does not come leaves the town to say what is wrong', async () => {
    answers({})
    const { ask_for_front } = await import('./front')
    const { town: shown } = await import('./town')
    await ask_for_front()
    expect(shown.problem.value).not.toBeNull()
  })
})
