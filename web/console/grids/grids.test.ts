import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { GridView, Place, Role, SessionView, StaffView } from '@shared/api/types'
import { signed_in } from '../session'
import { ring_of } from './area'
import { changes, empty_form, form_of, read_form } from './facts'
import GridPage from './GridPage.vue'
import { grids_of, heads_among } from './grids'
import GridsPage from './GridsPage.vue'
import RecordPage from './RecordPage.vue'

const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '沈示例' }, roles, post: { zh: '主任', en: 'Director' }, csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
const at = (latitude: number, longitude: number): Place => ({ latitude, longitude })
const square = (west: number) => [at(31.29, west), at(31.29, west + 0.01), at(31.3, west + 0.01), at(31.3, west)]
const grid = (number: number, more: Partial<GridView> = {}): GridView => ({ id: `gd_${number}`, version: 2, name: { zh: `第 ${number} 网格`, en: `Grid ${number}` }, organisation: 'or_1', community: null, head: null, ended_at: null, ...more })
const organisation = { id: 'or_1', version: 1, kind: 'committee', parent: null, name: { zh: '东社区', en: 'East' }, official_name: null, below: 0, venues: 0, ended_at: null }
const head = { id: 'st_9', name: '何示例' }
const staff = [
  { id: 'st_9', username: 'nine', name: '何示例', post: { zh: '', en: '' }, grants: [{ id: 'gr_1', staff: head, role: 'grid_head', organisation: 'or_1', venue: null, from: '2026-01-01T00:00:00Z', until: null }] },
  { id: 'st_8', username: 'eight', name: '周示例', post: { zh: '', en: '' }, grants: [] },
] as unknown as StaffView[]
const list = <T>(...items: T[]): Said => ({ body: { items, next: null } })
const refusal = (code: string, status = 409): Said => ({ status, body: { code, title: code, detail: `${code} 怎么办` } })
const views = [grid(1, { head }), grid(2), grid(3)]
const areas = [1, 2, 3].map((number) => ({ id: `gd_${number}`, ring: ring_of(square(121.28 + number / 100)) }))

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown?.unmount()
  signed_in(null)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
async function open(path: string, role: Role, answers: Record<string, Said[]> = {}) {
  server.answers = {
    'GET /api/grids': [list(...views)], 'GET /api/grids/areas': [list(...areas)], 'GET /api/organisations': [list(organisation)], 'GET /api/organisations/or_1': [{ body: organisation }], 'GET /api/venues': [list()],
    'GET /api/grants': [list()], 'GET /api/communities': [list()], 'GET /api/staff': [list(...staff)], 'GET /api/grids/gd_2': [{ body: { grid: grid(2), ring: areas[1]!.ring } }], ...answers,
  }
  signed_in(officer(role))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/grids', component: GridsPage }, { path: '/grids/new', component: RecordPage }, { path: '/grids/:grid', component: GridPage, props: true }, { path: '/:rest(.*)*', component: { template: '<p />' } }],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
  for (let count = 0; count < 6; count += 1) await flushPromises()
  return router
}
const button = (words: string) => shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
async function press(words: string) {
  const found = button(words)!
  const form = found.element.closest('form')
  await (form && found.attributes('type') === 'submit' ? shown.findAll('form').find((each) => each.element === form)!.trigger('submit') : found.trigger('click'))
  for (let count = 0; count < 6; count += 1) await flushPromises()
}
const lines = () => shown.findAll('input[aria-label^="第 "]').map((each) => (each.element as HTMLInputElement).value)
const line = (number: number) => shown.get(`input[aria-label="第 ${number} 个角：纬度、经度"]`)
const corner = (index: number) => shown.get(`[data-corner="${index}"]`)
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('grids keep the numbers of the list; heads are those with the role', () => {
  const all = grids_of(views, areas, new Map([['or_1', organisation as never]]))
  expect(all.map(({ number, corners }) => [number, corners.length])).toEqual([[1, 4], [2, 4], [3, 4]])
  expect(heads_among(staff)).toEqual([head])
})

test('only what differs is sent', () => {
  const before = form_of(grid(1, { head }))
  expect(read_form(empty_form())).toBeNull()
  expect(changes(before, read_form(before)!)).toEqual({})
  expect(changes(before, read_form({ ...before, head: '' })!)).toEqual({ head: null })
})

test('the list and the map show the same ones; the map is one stop of the tab key, arrows lead on', async () => {
  await open('/grids', 'window_officer')
  expect(shown.findAll('ol > li')).toHaveLength(3)
  expect(shown.findAll('ol > li')[0]!.text()).toContain('网格长何示例')
  expect(shown.findAll('ol > li')[1]!.text()).toContain('还没有网格长')
  const stops = () => shown.findAll('[data-grid]').filter((each) => each.attributes('tabindex') === '0')
  expect(stops().map((each) => each.attributes('aria-label'))).toEqual(['1，第 1 网格，网格长何示例'])
  await shown.get('[data-grid=gd_1]').trigger('keydown', { key: 'ArrowRight' })
  expect(document.activeElement?.getAttribute('data-grid')).toBe('gd_2')
  await shown.get('[data-grid=gd_2]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(document.activeElement?.getAttribute('href')).toBe('/grids/gd_2')
  expect(shown.find('a[href="/grids/new"]').exists()).toBe(false)
})

test('which grids have the words is the server’s to say, for the list and for its sheet', async () => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  await open('/grids', 'window_officer', { 'GET /api/grids': [list(...views), list(views[1]!)], 'GET /api/grids.xlsx': [{ body: 'PK', headers: { 'content-disposition': "attachment; filename*=UTF-8''list.xlsx" } }] })
  await shown.get('form[role=search] input').setValue('东社区 ２')
  await vi.waitFor(() => expect(shown.findAll('ol > li')).toHaveLength(1))
  expect(shown.get('ol > li .number').text()).toBe('2')
  await press('导出为 Excel')
  expect(asked('GET /api/grids').at(-1)!.query).toBe('?words=东社区 ２&limit=100')
  expect(asked('GET /api/grids.xlsx').map(({ query }) => query)).toEqual(['?words=东社区 ２'])
})

test('an area is drawn anew by the keys and by typing; what crosses itself is refused, and what was drawn stays', async () => {
  await open('/grids/gd_2', 'centre_manager', { 'PATCH /api/grids/gd_2': [refusal('ring_crosses_itself', 400), { body: grid(2, { version: 3 }) }] })
  await press('重画范围')
  expect(lines()).toEqual(['31.29, 121.3', '31.29, 121.31', '31.3, 121.31', '31.3, 121.3'])
  await corner(2).trigger('focus')
  await corner(2).trigger('keydown', { key: 'ArrowUp' })
  const moved = lines()[2]!
  expect(Number(moved.split(', ')[0])).toBeGreaterThan(31.3)
  expect(moved).toMatch(/121\.31$/)
  await press('退回一步')
  expect(lines()[2]).toBe('31.3, 121.31')
  await corner(3).trigger('keydown', { key: 'Delete' })
  expect(lines()).toHaveLength(3)
  await press('在第 3 个角后面加一个')
  expect(document.activeElement).toBe(line(4).element)
  await line(4).setValue('31.305')
  await press('保存')
  await vi.waitFor(() => expect(shown.text()).toContain('没看明白'))
  expect(asked('PATCH /api/grids/gd_2')).toEqual([])
  await line(4).setValue('31.305，121.3')
  await press('保存')
  expect(shown.get('.ui-problem').text()).toContain('ring_crosses_itself 怎么办')
  expect(lines()[3]).toBe('31.305，121.3')
  await press('保存')
  const ring = [at(31.29, 121.3), at(31.29, 121.31), at(31.3, 121.31), at(31.305, 121.3), at(31.29, 121.3)]
  expect(asked('PATCH /api/grids/gd_2').map(({ version, body }) => ({ version, body }))).toEqual(Array(2).fill({ version: '"2"', body: { ring } }))
  expect(shown.get('.told').text()).toBe('范围改好了。')
})

test('a click adds a corner after the chosen one, and takes the place of a neighbour near by', async () => {
  await open('/grids/gd_2', 'centre_manager')
  await press('重画范围')
  await press('全部清掉，重新画')
  expect(lines()).toEqual([])
  // happy-dom lays nothing out: the paper begins at 0, 0.
  const paper = shown.get('rect.paper')
  await paper.trigger('click', { clientX: 300, clientY: 120 })
  await paper.trigger('click', { clientX: 340, clientY: 160 })
  expect(lines()).toHaveLength(2)
  await paper.trigger('click', { clientX: 26, clientY: 26 }) // beside the north-west corner of the first micro-grid
  expect(lines()[2]).toBe('31.3, 121.29')
  await corner(0).trigger('focus')
  await paper.trigger('click', { clientX: 320, clientY: 110 })
  expect(lines()).toHaveLength(4)
  expect(lines()[3]).toBe('31.3, 121.29')
})

test('whose role does not reach it reads it; one that has ended is not changed', async () => {
  await open('/grids/gd_2', 'centre_manager', { 'GET /api/grants': [refusal('not_allowed', 403)] })
  expect(button('重画范围')).toBeUndefined()
  expect(button('修改基本情况')).toBeUndefined()
  shown.unmount()
  await open('/grids/gd_2', 'administrator', { 'GET /api/grids/gd_2': [{ body: { grid: grid(2), ring: areas[1]!.ring } }, { body: { grid: grid(2, { version: 3, ended_at: '2026-11-24T00:00:00Z' }), ring: areas[1]!.ring } }], 'POST /api/grids/gd_2/end': [{ body: grid(2) }] })
  await press('停用')
  await press('确定停用')
  expect(asked('POST /api/grids/gd_2/end')[0]!.version).toBe('"2"')
  expect(shown.text()).toContain('这个网格已经停用')
  expect(button('重画范围')).toBeUndefined()
})

test('a new one needs a name, an organisation and three corners; corners are pasted at once', async () => {
  const router = await open('/grids/new', 'centre_manager', { 'POST /api/grids': [{ status: 201, body: grid(2) }] })
  await press('登记')
  await vi.waitFor(() => expect(shown.text()).toContain('请填名称。'))
  expect(shown.text()).toContain('请选由哪个组织负责。')
  expect(shown.text()).toContain('请先画范围')
  await shown.get('.facts input').setValue('新网格')
  await shown.findAll('button').find((each) => each.text().includes('东社区'))!.trigger('click')
  await flushPromises()
  await press('加一个角')
  const pasted = new Event('paste', { bubbles: true, cancelable: true }) as Event & { clipboardData: unknown }
  pasted.clipboardData = { getData: () => '31.29, 121.3\n31.29, 121.31\n31.3, 121.31' }
  line(1).element.dispatchEvent(pasted)
  await flushPromises()
  expect(lines()).toEqual(['31.29, 121.3', '31.29, 121.31', '31.3, 121.31'])
  await press('登记')
  expect(asked('POST /api/grids')[0]!.body).toEqual({
    name: { zh: '新网格', en: '新网格' }, community: null, head: null, organisation: 'or_1', ring: [at(31.29, 121.3), at(31.29, 121.31), at(31.3, 121.31), at(31.29, 121.3)],
  })
  expect(router.currentRoute.value.path).toBe('/grids/gd_2')
})
