import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { AddressRangeView, CommunityView, Role, SessionView } from '@shared/api/types'
import { signed_in } from '../session'
import CommunitiesPage from './CommunitiesPage.vue'
import CommunityPage from './CommunityPage.vue'
import { empty_form, form_of, in_order, read_houses } from './houses'

const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '沈示例' }, roles, post: { zh: '主任', en: 'Director' }, csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
const north: CommunityView = { code: '310114102001', version: 3, name: '北社区', branch: { organisation: 'or_1', name: { zh: '北支部', en: 'North' }, official_name: '中共示例镇北社区示例支部委员会' }, venue: null }
const south: CommunityView = { code: '310114102002', version: 1, name: '南社区', branch: null, venue: null }
const range = (id: string, more: Partial<AddressRangeView> = {}): AddressRangeView => ({ id, street: '示例路', lane: null, side: 'all', from: 1, to: 999_999, ...more })
const list = <T>(...items: T[]): Said => ({ body: { items, next: null } })
const refusal = (code: string, status = 409): Said => ({ status, body: { code, title: code, detail: `${code} 怎么办` } })
const houses_of = `GET /api/communities/${north.code}/addresses`

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown?.unmount()
  signed_in(null)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function open(path: string, role: Role, answers: Record<string, Said[]>) {
  server.answers = { 'GET /api/communities': [list(north, south)], 'GET /api/organisations': [list()], 'GET /api/grants': [list()], ...answers }
  signed_in(officer(role))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/communities', component: CommunitiesPage }, { path: '/communities/:community', component: CommunityPage, props: true }, { path: '/:rest(.*)*', component: { template: '<p />' } }],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
  for (let count = 0; count < 5; count += 1) await flushPromises()
}
const button = (words: string) => shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
async function press(words: string) {
  const found = button(words)!
  const form = found.element.closest('form')
  await (form && found.attributes('type') === 'submit' ? shown.findAll('form').find((each) => each.element === form)!.trigger('submit') : found.trigger('click'))
  for (let count = 0; count < 5; count += 1) await flushPromises()
}
const field = (label: string) => shown.get(`input[aria-label="${label}"]`)
const says = (words: string) => vi.waitFor(() => expect(shown.text()).toContain(words))
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('houses are read as they are typed, or the first thing wrong is named', () => {
  const form = { ...empty_form(), street: ' 示例路 ' }
  expect(read_houses(form)).toEqual({ houses: { street: '示例路', lane: null, side: 'all', from: 1, to: 999_999 } })
  expect(read_houses({ ...form, lane: '１０５１弄', side: 'odd', from: '1', to: ' 40 号' })).toEqual({ houses: { street: '示例路', lane: 1051, side: 'odd', from: 1, to: 40 } })
  expect(read_houses(empty_form())).toEqual({ fault: 'street' })
  expect(read_houses({ ...form, lane: '甲' })).toEqual({ fault: 'lane' })
  expect(read_houses({ ...form, from: '0' })).toEqual({ fault: 'from' })
  expect(read_houses({ ...form, to: '1234567' })).toEqual({ fault: 'to' })
  expect(read_houses({ ...form, from: '9', to: '8' })).toEqual({ fault: 'order' })
  const kept = range('ar_1', { lane: 7, side: 'even', from: 2, to: 88 })
  expect(read_houses(form_of(kept))).toEqual({ houses: { street: '示例路', lane: 7, side: 'even', from: 2, to: 88 } })
})

test('they stand by street, its own numbers before its lanes', () => {
  const all = [range('ar_1', { lane: 9 }), range('ar_2', { from: 51 }), range('ar_3', { street: '别的路' }), range('ar_4', { to: 50 })]
  expect(in_order(all).map(({ id }) => id)).toEqual(['ar_3', 'ar_4', 'ar_2', 'ar_1'])
})

test('communities are found by the server, and their sheet by the same words', async () => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  await open('/communities', 'greeter', { 'GET /api/communities': [list(north, south), list(south), list()], 'GET /api/communities.xlsx': [{ body: 'PK', headers: { 'content-disposition': "attachment; filename*=UTF-8''list.xlsx" } }] })
  expect(shown.get('[role=status]').text()).toBe('共 2 个社区和村')
  await shown.get('input[type=checkbox]').setValue(true)
  await says('共 1 个社区和村')
  await press('导出为 Excel')
  expect(asked('GET /api/communities.xlsx').map(({ query }) => query)).toEqual(['?without_branch=true'])
  await field('名称或区划代码').setValue('没有这个')
  await says('没有符合的')
  expect(asked('GET /api/communities').at(-1)!.query).toBe('?words=没有这个&without_branch=true&limit=100')
})

test('an address is tried, and it is said how it was read', async () => {
  await open('/communities', 'greeter', {
    'GET /api/address': [
      { body: { finding: 'found', understood: { street: '示例路', lane: 1051, number: 12 }, candidates: [{ community: north, ranges: [range('ar_1', { lane: 1051, to: 40 })] }] } },
      { body: { finding: 'not_known', understood: { street: '', lane: null, number: null }, candidates: [] } },
    ],
  })
  expect(shown.text()).toContain('还没有定支部')
  await press('查一查')
  await says('请写一个地址。')
  expect(asked('GET /api/address')).toEqual([])
  await field('居民会怎么说，就怎么写').setValue('示例路１０５１弄 12号')
  await press('查一查')
  const result = shown.get('[role=group]')
  expect(document.activeElement).toBe(result.element)
  expect(result.text()).toContain('读成：示例路 1051 弄 12 号')
  expect(result.text()).toContain('归北社区')
  expect(result.text()).toContain('中共示例镇北社区示例支部委员会')
  expect(result.text()).toContain('示例路 1051 弄 1–40 号')
  expect(result.get('a').attributes('href')).toBe('/communities/310114102001')
  await field('居民会怎么说，就怎么写').setValue('？？')
  await press('查一查')
  expect(shown.get('[role=group]').text()).toContain('没有读出路名')
})

test('houses are recorded; what overlaps is refused, what was typed stays, and what they are is said in words', async () => {
  await open(`/communities/${north.code}`, 'centre_manager', {
    [houses_of]: [list(), list(range('ar_1', { to: 40 }))],
    [`POST /api/communities/${north.code}/addresses`]: [refusal('addresses_overlap'), { status: 201, body: range('ar_1', { to: 40 }) }],
  })
  expect(shown.text()).toContain('住在这里的居民现在查不到自己的支部')
  await press('登记一段门牌')
  await press('保存')
  await says('请填路名、小区名或村名。')
  await field('路名、小区名或村名（单独写）').setValue('示例路')
  await field('到几号（空着就是到最后）').setValue('４０')
  expect(shown.text()).toContain('就是：示例路 1–40 号')
  await press('保存')
  expect(shown.get('.ui-problem').text()).toContain('addresses_overlap 怎么办')
  expect((field('路名、小区名或村名（单独写）').element as HTMLInputElement).value).toBe('示例路')
  await press('保存')
  expect(asked(`POST /api/communities/${north.code}/addresses`).map(({ body }) => body)).toEqual(Array(2).fill({ street: '示例路', lane: null, side: 'all', from: 1, to: 40 }))
  expect(shown.get('.told').text()).toBe('登记好了：示例路 1–40 号。')
  expect(shown.findAll('li').map((each) => each.get('strong').text())).toEqual(['示例路 1–40 号'])
})

test('houses are replaced at once, and one that a colleague ended is gone from the list', async () => {
  await open(`/communities/${north.code}`, 'administrator', {
    [houses_of]: [list(range('ar_1', { to: 40 })), list(range('ar_2', { to: 50 })), list()],
    'POST /api/addresses/ar_1/replace': [{ status: 201, body: range('ar_2', { to: 50 }) }],
    'POST /api/addresses/ar_2/end': [refusal('no_such_addresses', 404)],
  })
  await press('修改：示例路 1–40 号')
  expect((field('到几号（空着就是到最后）').element as HTMLInputElement).value).toBe('40')
  await field('到几号（空着就是到最后）').setValue('50')
  await press('保存')
  expect(asked('POST /api/addresses/ar_1/replace')[0]!.body).toEqual({ street: '示例路', lane: null, side: 'all', from: 1, to: 50 })
  expect(shown.get('.told').text()).toBe('改好了，现在是：示例路 1–50 号。')
  await press('停用：示例路 1–50 号')
  await press('确定停用')
  expect(shown.get('[role=alert]').text()).toContain('也许同事刚改过')
  expect(shown.text()).toContain('还没有登记门牌')
})

test('whose role does not reach the branch changes nothing; where there is none they may name it', async () => {
  await open(`/communities/${north.code}`, 'centre_manager', { [houses_of]: [list(range('ar_1'))], 'GET /api/grants': [refusal('not_allowed', 403)] })
  expect(shown.findAll('button').map((each) => each.text())).toEqual(['导出为 Excel'])
  expect(shown.text()).toContain('由管得到这个支部的中心主任来改')
  shown.unmount()
  await open(`/communities/${south.code}`, 'centre_manager', { [`GET /api/communities/${south.code}/addresses`]: [list()], 'GET /api/grants': [refusal('not_allowed', 403)] })
  expect(shown.findAll('button').map((each) => each.text())).toEqual(['定支部'])
})

test('a branch is named with the version that was seen; a colleague may be quicker', async () => {
  const organisation = { id: 'or_2', version: 1, kind: 'branch', parent: null, name: { zh: '新支部', en: 'New' }, official_name: null, below: 0, venues: 0, ended_at: null }
  await open(`/communities/${north.code}`, 'administrator', {
    [houses_of]: [list()], 'GET /api/organisations': [list(organisation)], 'GET /api/organisations/or_1': [{ body: { ...organisation, id: 'or_1' } }], 'GET /api/organisations/or_2': [{ body: organisation }],
    [`PATCH /api/communities/${north.code}`]: [refusal('version_differs', 412), { body: { ...north, version: 5, branch: { organisation: 'or_2', name: organisation.name, official_name: null } } }],
    'GET /api/communities': [list(north), list({ ...north, version: 4 })],
  })
  await press('改支部')
  await shown.findAll('button').find((each) => each.text().includes('新支部'))!.trigger('click')
  await flushPromises()
  await press('保存')
  expect(shown.get('[role=alert]').text()).toContain('你填的还在')
  await press('保存')
  expect(asked(`PATCH /api/communities/${north.code}`).map(({ version, body }) => ({ version, body }))).toEqual([{ version: '"3"', body: { branch: 'or_2' } }, { version: '"4"', body: { branch: 'or_2' } }])
  expect(shown.get('.told').text()).toBe('支部定好了：新支部。')
})
