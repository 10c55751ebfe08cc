import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { RatingView, Role } from '@shared/api/types'
import { signed_in } from '../session'
import { town } from '../town'
import { part_in, tone_of } from './ratings'
import RatingsPage from './RatingsPage.vue'

const text = (zh: string) => ({ zh, en: zh })
const rating = (more: Partial<RatingView> = {}): RatingView => ({
  id: 'ra_1', version: 3, reference: 'NX-2026-000001', matter: { key: 'transfer', name: text('关系转入') }, grade: 'poor', remarks: ['slow'], has_words: true,
  at: '2026-11-24T01:00:00Z', follow_up: 'open', call_back_by: '2026-11-25', late: false, ...more,
})
const list = 'GET /api/desk/ratings'
const words = 'POST /api/desk/ratings/ra_1/words'
const call = 'POST /api/desk/ratings/ra_1/call-back'
const review = 'POST /api/desk/ratings/ra_1/review'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  town.data.value = null
  vi.unstubAllGlobals()
})

async function open(role: Role, answers: Record<string, Said[]>, path = '/ratings') {
  server.answers = answers
  town.data.value = { halls: [{ id: 'hl_1', venue_id: 've_1' }] } as unknown as typeof town.data.value
  signed_in({ staff: { id: 'st_1', name: '沈示例' }, roles: [role], post: text('主任'), csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })
  await router.push(path)
  shown = mount({ components: { RatingsPage }, template: '<main><RatingsPage /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function press(name: string) {
  const button = shown.findAll('button').find((each) => each.text() === name)!
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)
const page = (...items: RatingView[]) => ({ body: { items, next: null } })

test('what is late is said in words; it is read with a purpose, and the call is recorded on the version that was seen', async () => {
  await open('centre_manager', {
    [list]: [page(rating({ late: true })), page()],
    [words]: [{ body: { words: '问了三次', phone: null, call_back: null, appeal: null, review: null } }],
    [call]: [{ body: rating({ follow_up: 'called_back' }) }],
  })
  for (const each of ['不满意', '关系转入', 'NX-2026-000001', '办得慢', '该打的电话晚了']) expect(shown.text()).toContain(each)
  await press('打开')
  await press('看写的话和电话')
  expect(asked(words)[0]!.body).toEqual({ purpose: '回访评价的居民' })
  expect(shown.text()).toContain('问了三次')
  await press('记下回访')
  expect(shown.get('[role=alert]').text()).toBe('请写一写。')
  await shown.get('textarea').setValue('说清楚了')
  await press('记下回访')
  expect(asked(call)).toMatchObject([{ version: '"3"', body: { outcome: '说清楚了' } }])
  expect(shown.text()).toContain('回访记下了。')
  expect(shown.text()).toContain('没有要跟进的')
})

test('who called back is told that somebody else reviews', async () => {
  await open('centre_manager', { [list]: [page(rating({ follow_up: 'appealed' }))], [review]: [{ status: 409, body: { code: 'somebody_else_reviews', title: '请另一位来看', detail: '' } }] })
  await press('打开')
  await shown.get('textarea').setValue('看过了')
  await press('答复居民')
  expect(shown.get('[role=alert]').text()).toContain('请另一位来看')
  expect(shown.get('textarea').element.value).toBe('看过了')
})

test('counts are by matter, the best grade first', async () => {
  await open('centre_manager', { 'GET /api/desk/ratings/counts': [{ body: { matters: [{ matter: { key: 'transfer', name: text('关系转入') }, count: [1, 0, 2, 3, 10] }] } }] }, '/ratings?list=counts')
  expect(shown.findAll('tbody td').map((each) => each.text())).toEqual(['10', '3', '2', '0', '1', '16'])
  expect(shown.findAll('nav [aria-current=page]').map((each) => each.text())).toEqual(['按事项看'])
})

test('whose post does not manage asks for nothing', async () => {
  await open('window_officer', {})
  expect(shown.get('h1').text()).toBe('这一页给中心主任用')
  expect(server.asked).toEqual([])
})

test('a part that is not known is what is to be followed up', () => expect(part_in('nothing')).toBe('follow'))
test.each([['open', true, 'bad'], ['open', false, 'wait'], ['none', false, 'quiet'], ['reviewed', false, 'good']] as const)('%s, late %s: %s', (follow_up, late, tone) =>
  expect(tone_of(rating({ follow_up, late }))).toBe(tone))
