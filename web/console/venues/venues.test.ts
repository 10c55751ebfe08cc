import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { Role, SessionView, VenueListing, VenuePage as Page } from '@shared/api/types'
import { signed_in } from '../session'
import RecordPage from './RecordPage.vue'
import VenuePage from './VenuePage.vue'
import { in_order, no_wish, page, pages_of, query_of, wish } from './venues'
import VenuesPage from './VenuesPage.vue'

const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '沈示例' }, roles, post: { zh: '主任', en: 'Director' }, csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
const listing = (number: number, more: Partial<VenueListing['venue']> = {}, rest: Partial<VenueListing> = {}): VenueListing => ({
  venue: {
    id: `ve_${number}`, version: 1, kind: 'station', name: { zh: `示例站${number}`, en: `Station ${number}` }, address: { zh: `示例路 ${number} 号`, en: `${number} Sample Road` }, organisation: null,
    community: null, place: { latitude: 31.28 + number / 1_000, longitude: 121.3 + number / 900 }, step_free: 'unknown', step_free_note: null, ended_at: null, ...more,
  },
  functions: [], open: true, open_until: null, opens_next_at: null, today: [], note: null, ...rest,
})
const town = [
  ...Array.from({ length: 14 }, (_, index) => listing(index + 1)),
  listing(20, { kind: 'centre', name: { zh: '示例中心', en: 'Sample Centre' } }, { functions: ['warm_station'], open: false, opens_next_at: null }),
  listing(21, { kind: 'branch_centre', name: { zh: '示例分中心', en: 'Sample Branch' }, place: null }, { functions: ['warm_station', 'tower'] }),
]
const whole = (number: number, version = 3, address = '示例路 1 号'): Page => ({
  listing: listing(number, { version, address: { zh: address, en: 'Sample Road' } }), community: null, week: [], exceptions: [], functions: [],
  names: [{ name: { zh: '老名称', en: 'Old' }, from: null, until: '2020-01-01' }, { name: { zh: `示例站${number}`, en: 'Now' }, from: '2020-01-01', until: null }], rooms: [],
})
const refusal = (code: string, status = 409): Said => ({ status, body: { code, title: code, detail: `${code} 怎么办` } })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown?.unmount()
  signed_in(null)
  wish.value = no_wish()
  page.value = 1
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function open(path: string, role: Role, answers: Record<string, Said[]>) {
  server.answers = answers
  signed_in(officer(role))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/venues', component: VenuesPage }, { path: '/venues/new', component: RecordPage }, { path: '/venues/:venue', component: VenuePage, props: true },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return router
}
const button = (words: string) => shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
async function press(words: string) {
  const found = button(words)!
  const form = found.element.closest('form')
  await (form && found.attributes('type') === 'submit' ? shown.findAll('form').find((each) => each.element === form)!.trigger('submit') : found.trigger('click'))
  await flushPromises()
}
const field = (label: string) => {
  const item = shown.findAll('label').find((each) => each.text() === label)
  return shown.get(`#${item!.attributes('for')}`)
}
/** What a field of Element Plus finds wrong is written a tenth of a second later. */
const says = (words: string) => vi.waitFor(() => expect(shown.text()).toContain(words))
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('the centre first; what is looked for is the server’s to find, and nothing is asked that nobody wants', () => {
  expect(in_order(town).slice(0, 3).map(({ venue }) => venue.id)).toEqual(['ve_20', 've_21', 've_1'])
  expect(query_of(no_wish())).toEqual({})
  expect(query_of({ words: ' 示例路 14 ', kind: 'centre', function: 'warm_station', open: true })).toEqual({ words: '示例路 14', kind: 'centre', function: 'warm_station', open: true })
  expect(pages_of(0, 3)).toEqual({ page: 1, pages: 1 })
  expect(pages_of(25, 9)).toEqual({ page: 3, pages: 3 })
})

test('the list and the map show the same ones under the same numbers', async () => {
  await open('/venues', 'window_officer', { 'GET /api/venues': [{ body: { items: town.slice(0, 9), next: 'c1' } }, { body: { items: town.slice(9), next: null } }, { body: { items: town.filter(({ open }) => open), next: null } }] })
  expect(shown.get('[role=status]').text()).toBe('共 16 个场所')
  expect(shown.findAll('ol > li')).toHaveLength(12)
  const points = shown.findAll('[data-venue]')
  expect(points).toHaveLength(15)
  expect(points.at(-1)!.attributes('aria-label')).toBe('1，示例中心，中心，关门，两周内不开')
  expect(shown.findAll('ol > li')[0]!.text()).toContain('示例中心')
  // The one without a place says so, in the list and below the map.
  expect(shown.findAll('ol > li')[1]!.text()).toContain('没有登记位置')
  expect(shown.text()).toContain('没有登记位置的有 1 个')
  await press('下一页')
  expect(shown.findAll('ol > li').map((each) => each.get('.number').text())).toEqual(['13', '14', '15', '16'])
  await shown.get('input[type=checkbox]').setValue(true)
  await says('共 15 个场所')
  expect(shown.findAll('[data-venue]')).toHaveLength(14)
  expect(shown.findAll('ol > li')).toHaveLength(12) // back on the first page
  expect(button('登记一个场所')).toBeUndefined()
})

test('the list and its sheet are asked for by the same words', async () => {
  const kept: string[] = []
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { kept.push(this.download) })
  await open('/venues', 'window_officer', {
    'GET /api/venues': [{ body: { items: town, next: null } }, { body: { items: [town[6]], next: null } }, { body: { items: [], next: null } }, refusal('overloaded', 503)],
    'GET /api/venues.xlsx': [{ body: 'PK', headers: { 'content-disposition': "attachment; filename*=UTF-8''list.xlsx" } }],
  })
  await field('名称或地址').setValue('STATION ７')
  await says('共 1 个场所')
  await press('导出为 Excel')
  expect(kept).toEqual(['list.xlsx'])
  expect(asked('GET /api/venues').map(({ query }) => query)).toEqual(['?limit=100', '?words=STATION ７&limit=100'])
  expect(asked('GET /api/venues.xlsx').map(({ query }) => query)).toEqual(['?words=STATION ７'])
  await field('名称或地址').setValue('没有这个')
  await says('没有符合的场所')
  expect(button('导出为 Excel')).toBeUndefined()
  // What could not be asked is said, and is not taken for what is looked for.
  await press('清除条件')
  await says('overloaded 怎么办')
})

test('the map is one stop of the tab key; arrows lead on, and Enter to what is said of one', async () => {
  await open('/venues', 'window_officer', { 'GET /api/venues': [{ body: { items: town, next: null } }] })
  const stops = () => shown.findAll('[data-venue]').filter((each) => each.attributes('tabindex') === '0')
  expect(stops()).toHaveLength(1)
  const first = shown.get('[data-venue=ve_5]')
  ;(first.element as SVGElement & { focus(): void }).focus()
  await first.trigger('focus')
  expect(stops().map((each) => each.attributes('data-venue'))).toEqual(['ve_5'])
  await first.trigger('keydown', { key: 'ArrowUp' })
  expect(document.activeElement?.getAttribute('data-venue')).toBe('ve_6')
  await shown.get('[data-venue=ve_6]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(document.activeElement?.textContent).toContain('示例站6')
})

test('whose role does not reach a venue reads it, and is offered nothing', async () => {
  await open('/venues/ve_1', 'centre_manager', { 'GET /api/venues/ve_1': [{ body: whole(1) }], 'GET /api/grants': [refusal('not_allowed', 403)] })
  expect(shown.get('h1').text()).toBe('示例站1')
  expect(shown.text()).toContain('2020年1月1日起')
  expect(shown.findAll('button')).toEqual([])
})

test('an officer is not asked about grants', async () => {
  await open('/venues/ve_1', 'window_officer', { 'GET /api/venues/ve_1': [{ body: whole(1) }] })
  expect(asked('GET /api/grants')).toEqual([])
})

test('an edit that came second keeps what was typed, and sends only that', async () => {
  await open('/venues/ve_1', 'centre_manager', {
    'GET /api/venues/ve_1': [{ body: whole(1) }, { body: whole(1, 4, '示例路 9 号') }], 'GET /api/grants': [{ body: { items: [], next: null } }],
    'PATCH /api/venues/ve_1': [refusal('version_differs', 412), { body: whole(1, 5).listing.venue }],
  })
  await press('修改基本情况')
  await field('名称').setValue('示例新站')
  await press('保存')
  expect(shown.get('[role=alert]').text()).toContain('你填的还在')
  expect(shown.get('[role=alert]').text()).toContain('同事刚改过：地址。')
  expect((field('名称').element as HTMLInputElement).value).toBe('示例新站')
  expect((field('地址').element as HTMLInputElement).value).toBe('示例路 9 号')
  await press('保存')
  expect(asked('PATCH /api/venues/ve_1').map(({ version, body }) => ({ version, body }))).toEqual([
    { version: '"3"', body: { name: { zh: '示例新站', en: 'Station 1' } } },
    { version: '"4"', body: { name: { zh: '示例新站', en: 'Station 1' } } },
  ])
  expect(shown.get('.told').text()).toBe('基本情况改好了。')
})

test('hours are set as a whole; what cannot be is said at its line, and nothing is sent', async () => {
  await open('/venues/ve_1', 'station_keeper', {
    'GET /api/venues/ve_1': [{ body: whole(1) }], 'PUT /api/venues/ve_1/hours': [{ body: { version: 4, week: [] } }],
  })
  expect(button('修改基本情况')).toBeUndefined()
  await press('修改开放时间')
  const times = () => shown.findAll('input[aria-label=几点关门]')
  await times()[0]!.setValue('8:00')
  await press('保存')
  expect(shown.get('[role=alert]').text()).toContain('结束要晚于开始')
  expect(asked('PUT /api/venues/ve_1/hours')).toEqual([])
  await times()[0]!.setValue('11：30')
  await press('保存')
  expect(asked('PUT /api/venues/ve_1/hours')[0]).toMatchObject({
    version: '"3"', body: { hours: [{ days: [1, 2, 3, 4, 5], opens: '08:30', closes: '11:30' }, { days: [1, 2, 3, 4, 5], opens: '13:00', closes: '17:00' }] },
  })
})

test('what hinders the end of a venue is said, with the way to it, and nothing else', async () => {
  const uses = [{ use: 'roles', text: '在这里有权限的人员' }, { use: 'devices', text: '配对的设备' }]
  const in_use: Said = { status: 409, body: { code: 'venue_in_use', title: '这个场所还在用', detail: '请先处理好', uses } }
  await open('/venues/ve_1', 'centre_manager', {
    'GET /api/venues/ve_1': [{ body: whole(1) }], 'GET /api/grants': [{ body: { items: [], next: null } }], 'POST /api/venues/ve_1/end': [in_use],
  })
  await press('停用')
  await press('确定停用')
  const said = shown.get('[role=alert]')
  expect(said.findAll('li').map((each) => each.text())).toEqual(['在这里有权限的人员 到“组织”那一页', '配对的设备 看设备'])
  expect(said.findAll('a').map((each) => each.attributes('href'))).toEqual(['/organisations', '/devices'])
})

test('a venue is recorded with what is known, and leads to its page', async () => {
  const router = await open('/venues/new', 'centre_manager', {
    'GET /api/organisations': [{ body: { items: [], next: null } }], 'POST /api/venues': [{ status: 201, body: whole(1).listing.venue }],
    'GET /api/venues/ve_1': [{ body: whole(1) }], 'GET /api/grants': [{ body: { items: [], next: null } }],
  })
  await press('登记')
  await says('请填名称。')
  await field('名称').setValue('示例站1')
  await field('地址').setValue('示例路 1 号')
  await field('位置：纬度、经度，比如 31.2962, 121.3120（不知道就空着）').setValue('121.3, 31.2')
  await press('登记')
  await says('没看明白这个位置')
  await field('位置：纬度、经度，比如 31.2962, 121.3120（不知道就空着）').setValue('31.2，121.3')
  await press('登记')
  expect(asked('POST /api/venues')[0]!.body).toEqual({
    kind: 'station', name: { zh: '示例站1', en: '示例站1' }, address: { zh: '示例路 1 号', en: '示例路 1 号' }, community: null, place: { latitude: 31.2, longitude: 121.3 },
    step_free: 'unknown', step_free_note: null, organisation: null, named_since: null,
  })
  await flushPromises()
  expect(router.currentRoute.value.path).toBe('/venues/ve_1')
})
