import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { InquiryView, Role } from '@shared/api/types'
import { today } from '@shared/i18n/days'
import { signed_in } from '../session'
import { town } from '../town'
import InquiriesPage from './InquiriesPage.vue'

const text = (zh: string) => ({ zh, en: zh })
const inquiry = (more: Partial<InquiryView> = {}): InquiryView => ({
  id: 'iq_1', at: '2026-11-24T01:30:00Z', staff: { id: 'st_2', name: '周示例' }, matter: { key: 'room', name: text('借会议室') }, outcome: 'answered', opened_case: null, ...more,
})
const list = 'GET /api/desk/inquiries'
const log = 'POST /api/desk/inquiries'
const look = 'POST /api/desk/inquiries/iq_1/text'
const make = 'POST /api/desk/inquiries/iq_1/case'
const page = (...items: unknown[]): Said => ({ body: { items, next: null } })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  town.data.value = null
  vi.unstubAllGlobals()
})

async function open(answers: Record<string, Said[]>, role: Role = 'window_officer') {
  server.answers = { 'GET /api/matters': [page({ key: 'room', name: text('借会议室'), summary: text(''), audience: null, life_event: null, at_a_hall: true })], ...answers }
  town.data.value = { halls: [{ id: 'hl_1', venue_id: 've_1' }] } as unknown as typeof town.data.value
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: [role], post: text('窗口'), csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })
  await router.push('/inquiries')
  shown = mount({ components: { InquiriesPage }, template: '<main><InquiriesPage /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function press(words: string) {
  await shown.findAll('button').find((each) => each.text() === words)!.trigger('click')
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('a question is logged by the keys alone, and the next one may be typed at once', async () => {
  await open({ [list]: [page(), page(inquiry())], [log]: [{ status: 201, body: inquiry() }] })
  expect(shown.text()).toContain('这一天没有记过咨询')
  const [question, answer] = shown.findAll('textarea')
  await question!.setValue('会议室星期六能借吗')
  await question!.trigger('keydown', { key: 'Enter', ctrlKey: true })
  expect(asked(log)).toEqual([])
  expect(document.activeElement).toBe(answer!.element)
  await answer!.setValue('能，上午九点以后')
  await answer!.trigger('keydown', { key: 'Enter', ctrlKey: true })
  await flushPromises()
  expect(asked(log)[0]!.body).toEqual({ venue: 've_1', matter: null, question: '会议室星期六能借吗', answer: '能，上午九点以后' })
  expect(shown.get('[role=status]').text()).toBe('09:30 记下了。')
  expect(question!.element.value).toBe('')
  expect(document.activeElement).toBe(question!.element)
  expect(shown.text()).toContain('周示例答的')
})

test('another day is asked for', async () => {
  await open({ [list]: [page()] })
  expect(asked(list)[0]!.query).toContain(`day=${today()}`)
  await shown.get('input[type=date]').setValue('2026-11-20')
  await shown.findAll('form')[1]!.trigger('submit')
  await flushPromises()
  expect(asked(list)[1]!.query).toContain('day=2026-11-20')
  expect(shown.text()).toContain('11月20日')
})

test('what was said is read by a look only, and put away again', async () => {
  await open({ [list]: [page(inquiry())], [look]: [{ body: { question: '会议室星期六能借吗', answer: '能' } }] })
  expect(asked(look)).toEqual([])
  await press('看问答')
  expect(shown.text()).toContain('会议室星期六能借吗')
  expect(shown.text()).toContain('查看记下了')
  await press('看好了，收起来')
  expect(shown.text()).not.toContain('会议室星期六能借吗')
})

test('a case is made of it, for the matter it was about, and opened', async () => {
  await open({ [list]: [page(inquiry())], [make]: [{ status: 201, body: { id: 'cs_9' } }] })
  await press('转成一件')
  expect(shown.text()).toContain('首问责任人：周示例')
  await shown.get('input[type=tel]').setValue('00000000000')
  await shown.findAll('form')[2]!.trigger('submit')
  expect(asked(make)).toEqual([])
  await shown.get('input[maxlength="40"]').setValue('王示例')
  await shown.get('form.make input[type=checkbox]').setValue(true)
  await shown.findAll('form')[2]!.trigger('submit')
  await flushPromises()
  expect(asked(make)[0]!.body).toEqual({ matter: 'room', materials_received: [], applicant: { name: '王示例', phone: '00000000000' }, by_phone: true })
  expect(router.currentRoute.value.path).toBe('/cases/cs_9')
})

test('of one that became a case the list says which, and offers none', async () => {
  await open({ [list]: [page(inquiry({ matter: null, outcome: 'became_case', opened_case: { id: 'cs_9', reference: 'NX-2026-000009' } }))] })
  expect(shown.get('a[href="/cases/cs_9"]').text()).toBe('转成了办件 NX-2026-000009')
  expect(shown.findAll('button').map((each) => each.text())).not.toContain('转成一件')
})

test('whose role is another one asks for nothing', async () => {
  await open({}, 'grid_head')
  expect(shown.get('h1').text()).toBe('这一页给窗口人员和中心主任用')
  expect(server.asked).toEqual([])
})
