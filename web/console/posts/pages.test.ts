import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { HandoverView, Role, SessionView } from '@shared/api/types'
import { add_days, month_of } from '../days'
import { signed_in } from '../session'
import { HandoversPage, LeavePage, PostsDoor, PostsPage, RosterPage } from './pages'

const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '林示例' }, roles, post: { zh: '窗口', en: 'Window' }, csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })
const name = { zh: '综合窗口', en: 'Window' }
const post = { id: 'po_1', version: 2, venue: 've_1', name, a: { id: 'st_1', name: '林示例' }, b: { id: 'st_2', name: '周示例' }, on_duty: null, ended_at: null }
const venue = {
  venue: { id: 've_1', version: 1, kind: 'centre', name: { zh: '示例中心', en: 'Centre' }, address: name, organisation: null, community: null, place: null, step_free: 'unknown', step_free_note: null, ended_at: null },
  functions: [], open: true, open_until: null, opens_next_at: null, today: [], note: null,
}
const page = <T>(...items: T[]): Said => ({ body: { items, next: null } })
const refusal = (code: string, status = 409): Said => ({ status, body: { code, title: code, detail: `${code} 怎么办` } })
const now = '2026-11-24'
function roster() {
  const { from, days } = month_of(now)
  const all = Array.from({ length: days }, (_, index) => ({ day: add_days(from, index), open: true, on_duty: { staff: { id: 'st_1', name: '林示例' }, by: 'a' } as { staff: { id: string; name: string }; by: string } | null }))
  all.find(({ day }) => day === add_days(now, 1))!.on_duty = null
  return { post: 'po_1', name, days: all }
}
const slip = (more: Partial<HandoverView> = {}): HandoverView => ({
  id: 'ho_1', version: 4, post: 'po_1', post_name: name, from: { id: 'st_2', name: '周示例' }, to: { id: 'st_1', name: '林示例' }, state: 'written', written_at: '2026-11-24T01:00:00Z', taken_at: null, reported_at: null, ended_at: null, ...more,
})

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${now}T02:00:00Z`) })
  server = pretend_server()
})
afterEach(() => {
  shown?.unmount()
  signed_in(null)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function open(path: string, role: Role, answers: Record<string, Said[]>) {
  server.answers = { 'GET /api/venues': [page(venue)], 'GET /api/venues/ve_1/posts': [page(post)], 'GET /api/staff': [page({ id: 'st_9', username: 'nine', name: '何示例', post: name, grants: [] })], 'GET /api/grants': [page()], 'GET /api/absences': [page()], ...answers }
  signed_in(officer(role))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{
      path: '/posts', component: PostsDoor, children: [
        { path: '', component: PostsPage }, { path: 'roster', component: RosterPage }, { path: 'leave', component: LeavePage }, { path: 'handovers', component: HandoversPage },
      ],
    }, { path: '/:rest(.*)*', component: { template: '<p />' } }],
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
async function choose(label: string, option: string) {
  await shown.get(`input[aria-label="${label}"]`).trigger('click')
  await flushPromises()
  await shown.findAll('[role=option]').find((each) => each.text() === option)!.trigger('click')
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('posts say who has which role, and in words that nobody is there; others than the manager change nothing', async () => {
  await open('/posts', 'window_officer', {})
  const article = shown.get('article')
  expect(article.text()).toContain('林示例')
  expect(article.text()).toContain('周示例')
  expect(article.text()).toContain('没有人')
  expect(article.text()).toContain('由场所负责人顶上')
  expect(article.findAll('button')).toEqual([])
  expect(asked('GET /api/staff')).toEqual([])
  expect(asked('GET /api/grants')).toEqual([])
})

test('a manager appoints, from a day on; that one cannot have both roles is said', async () => {
  await open('/posts', 'centre_manager', { 'POST /api/posts/po_1/holders': [refusal('has_the_other_role'), { body: post }] })
  await press('定 A、B 角：综合窗口')
  await choose('哪位同事', '何示例')
  await press('保存')
  expect(shown.get('[role=alert]').text()).toContain('has_the_other_role')
  await press('保存')
  expect(asked('POST /api/posts/po_1/holders').map(({ body }) => body)).toEqual(Array(2).fill({ role: 'b', staff: 'st_9', from: now }))
  expect(shown.get('.told').text()).toBe('“综合窗口”的人定好了。')
})

test('the month board is one stop of the tab key, and says in words where nobody is', async () => {
  await open('/posts/roster', 'station_keeper', { 'GET /api/venues/ve_1/roster': [page(roster())], 'POST /api/posts/po_1/roster': [{ body: { day: now, open: true, on_duty: { staff: { id: 'st_2', name: '周示例' }, by: 'roster' } } }] })
  const cells = () => shown.findAll('[role=grid] td[data-cell]')
  expect(cells().filter((each) => each.attributes('tabindex') === '0')).toHaveLength(1)
  const stop = cells().find((each) => each.attributes('tabindex') === '0')!
  const row = Number(stop.attributes('data-cell')!.split(' ')[0])
  expect(month_of(now).from <= now && add_days(month_of(now).from, row)).toBe(now)
  await stop.trigger('keydown', { key: 'ArrowDown' })
  await flushPromises()
  expect(document.activeElement?.getAttribute('data-cell')).toBe(`${row + 1} 0`)
  expect(document.activeElement?.textContent).toBe('没有人')
  // Enter opens the entry; the names are those of the posts, for a keeper has no list of staff.
  await stop.trigger('keydown', { key: 'Enter' })
  await flushPromises()
  await choose('这一天由谁值班', '周示例')
  await press('就这样安排')
  expect(asked('POST /api/posts/po_1/roster')[0]!.body).toEqual({ day: now, staff: 'st_2' })
  expect(shown.get('.told').text()).toContain('由周示例在岗')
})

test('a day that is past, and a post that is not theirs to set, open nothing', async () => {
  await open('/posts/roster', 'window_officer', { 'GET /api/venues/ve_1/roster': [page(roster())] })
  await shown.get('[role=grid] td[tabindex="0"]').trigger('keydown', { key: 'Enter' })
  expect(shown.find('#entry').exists()).toBe(false)
})

test('leave that would leave a post empty says which, and leads to naming a third', async () => {
  const tomorrow = add_days(now, 1)
  const recorded = { id: 'ab_1', version: 1, staff: { id: 'st_1', name: '林示例' }, kind: 'planned', from: tomorrow, until: tomorrow, third: { id: 'st_2', name: '周示例' }, cancelled: false }
  await open('/posts/leave', 'window_officer', {
    'GET /api/absences': [page(), page(recorded)],
    'POST /api/absences': [refusal('post_would_be_empty'), { status: 201, body: { absence: recorded, gaps: [] } }],
    'GET /api/absences/gaps': [{ body: { gaps: [{ post: 'po_1', name, day: tomorrow }] } }],
  })
  expect(shown.find('input[aria-label=由谁顶岗]').exists()).toBe(false)
  await shown.get('input[aria-label=第一天]').setValue(tomorrow)
  await press('登记')
  expect(shown.get('[role=alert]').text()).toContain('综合窗口：')
  expect(shown.get('[role=alert]').text()).toContain('指定一位顶岗的人')
  await choose('由谁顶岗', '周示例')
  await press('登记')
  expect(asked('POST /api/absences').map(({ body }) => body)).toEqual([
    { staff: null, kind: 'planned', from: tomorrow, until: tomorrow, third: null }, { staff: null, kind: 'planned', from: tomorrow, until: tomorrow, third: 'st_2' },
  ])
  expect(shown.get('.told').text()).toContain('登记好了')
  expect(shown.text()).toContain('周示例顶岗')
})

test('whoever suddenly cannot come is away from today on, and what is empty is said', async () => {
  const recorded = { id: 'ab_1', version: 1, staff: { id: 'st_1', name: '林示例' }, kind: 'sudden', from: now, until: now, third: null, cancelled: false }
  await open('/posts/leave', 'window_officer', {
    'GET /api/absences': [page(), page(recorded), page({ ...recorded, cancelled: true })],
    'POST /api/absences': [{ status: 201, body: { absence: recorded, gaps: [{ post: 'po_1', name, day: now }] } }],
    'POST /api/absences/ab_1/end': [{ body: { ...recorded, cancelled: true } }],
  })
  await shown.get('input[value=sudden]').setValue(true)
  await flushPromises()
  expect(shown.get('input[aria-label=第一天]').attributes('disabled')).toBeDefined()
  await press('登记')
  expect(shown.get('.told.warn').text()).toContain('由场所负责人顶上')
  await press(button('取消') ? '取消' : '今天回来了')
  expect(asked('POST /api/absences/ab_1/end')[0]!.version).toBe('"1"')
})

test('a slip is taken over, read and reported; each step carries its version', async () => {
  await open('/posts/handovers', 'window_officer', {
    'GET /api/handovers': [page(slip()), page(slip({ state: 'taken', version: 5 })), page(slip({ state: 'reported', version: 6 }))],
    'POST /api/handovers/ho_1/take': [{ body: slip({ state: 'taken', version: 5 }) }],
    'POST /api/handovers/ho_1/text': [{ body: { note: '三件没办完', report: null } }],
    'POST /api/handovers/ho_1/report': [{ body: slip({ state: 'reported', version: 6 }) }],
  })
  expect(shown.text()).not.toContain('三件没办完')
  await press('看内容：综合窗口')
  expect(shown.text()).toContain('三件没办完')
  await press('接手：综合窗口')
  expect(asked('POST /api/handovers/ho_1/take')[0]!.version).toBe('"4"')
  await press('写办理情况：综合窗口')
  await press('写好了，交回去：综合窗口')
  expect(shown.text()).toContain('请写办理情况。')
  await shown.get('textarea').setValue('都办好了')
  await press('写好了，交回去：综合窗口')
  expect(asked('POST /api/handovers/ho_1/report')[0]).toMatchObject({ version: '"5"', body: { report: '都办好了' } })
  expect(button('看过了，结束：综合窗口')).toBeUndefined()
})

test('a slip that has moved on is fetched again', async () => {
  await open('/posts/handovers', 'window_officer', { 'GET /api/handovers': [page(slip()), page(slip({ state: 'withdrawn' }))], 'POST /api/handovers/ho_1/take': [refusal('handover_elsewhere')] })
  await press('接手：综合窗口')
  expect(asked('GET /api/handovers')).toHaveLength(2)
  expect(shown.text()).toContain('收回了')
  expect(shown.get('.told.warn').text()).toContain('handover_elsewhere')
})

test('whoever has a post writes a slip; what is missing is said first', async () => {
  await open('/posts/handovers', 'window_officer', { 'GET /api/handovers': [page()], 'POST /api/posts/po_1/handovers': [{ status: 201, body: slip({ from: { id: 'st_1', name: '林示例' }, to: { id: 'st_2', name: '周示例' } }) }] })
  await press('写一张交接单')
  await press('交出去')
  expect(asked('POST /api/posts/po_1/handovers')).toEqual([])
  expect(shown.text()).toContain('请写要交代的事。')
  await choose('交给谁', '周示例')
  await shown.get('textarea').setValue('三件没办完')
  await press('交出去')
  expect(asked('POST /api/posts/po_1/handovers')[0]!.body).toEqual({ to: 'st_2', note: '三件没办完' })
  expect(shown.get('.told').text()).toContain('交给周示例')
})
