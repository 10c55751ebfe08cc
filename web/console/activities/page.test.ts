import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { PastActivityView, Role } from '@shared/api/types'
import { signed_in } from '../session'
import ActivitiesPage from './ActivitiesPage.vue'

const text = (zh: string) => ({ zh, en: zh })
const activity = (more: Partial<PastActivityView> = {}): PastActivityView => ({
  id: 'pa_1', version: 2, title: '义诊', day: '2026-03-05', kind: 'volunteering', organisation: 'or_1', organisation_name: text('示例支部'), venue: 've_1', venue_name: text('示例中心'),
  attended: 35, minutes: 90, note: null, ended_at: null, ...more,
})
const refusal = (code: string) => ({ code, title: code, detail: `${code} 怎么办` })
const list = 'GET /api/past-activities'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  vi.unstubAllGlobals()
})

async function open(role: Role, answers: Record<string, Said[]>) {
  server.answers = { 'GET /api/venues': [{ body: { items: [], next: null } }], 'GET /api/organisations': [{ body: { items: [], next: null } }], ...answers }
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: [role], post: text('主任'), csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })
  shown = mount({ components: { ActivitiesPage }, template: '<main><ActivitiesPage /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function press(words: string) {
  const button = shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
  if (!button) throw new Error(`no button “${words}” in: ${shown.text()}`)
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
async function fill(label: string, words: string) {
  const found = shown.findAll('.ui-field').find((each) => each.get('label').text() === label)!
  await found.get('input, textarea').setValue(words)
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('staff read what was held, page by page, and change nothing', async () => {
  const first = { body: { items: Array.from({ length: 20 }, (_, index) => activity({ id: `pa_${index + 1}` })), next: 'c1' } }
  const last = { body: { items: [activity({ id: 'pa_21', title: '编织', kind: 'club', venue: null, venue_name: null, attended: null, minutes: null })], next: null } }
  await open('window_officer', { [list]: [first, first, last] })
  for (const words of ['2026年3月5日', '志愿服务', '示例支部主办', '示例中心', '35 人参加', '1.5 小时']) expect(shown.get('.list').text()).toContain(words)
  expect(shown.findAll('.list > li')).toHaveLength(20)
  await press('再往前看')
  expect(shown.findAll('.list > li')).toHaveLength(21)
  expect(shown.text()).not.toContain('再往前看')
  expect(shown.text()).not.toContain('记一次活动')
  expect(shown.text()).not.toContain('修改')
})

test('one is put right with the version that was seen, and only by what was changed', async () => {
  const edit = 'PATCH /api/past-activities/pa_1'
  await open('centre_manager', {
    [list]: [{ body: { items: [activity()], next: null } }, { body: { items: [activity({ version: 3, note: '雨天' })], next: null } }],
    [edit]: [{ status: 412, body: refusal('version_differs') }, { body: activity({ version: 4 }) }],
  })
  await press('修改：义诊')
  await fill('参加人数', '三十')
  await press('保存')
  expect(shown.get('[role=alert]').text()).toBe('请只写数字，没数过就空着。')
  expect(asked(edit)).toHaveLength(0)
  await fill('参加人数', '30')
  await press('保存')
  expect(shown.text()).toContain('你填的还在，没有丢。')
  await press('保存')
  // A colleague's note of meanwhile is not written over.
  expect(asked(edit).map(({ version, body }) => ({ version, body }))).toEqual([{ version: '"2"', body: { attended: 30 } }, { version: '"3"', body: { attended: 30 } }])
  expect(shown.get('[role=status]').text()).toBe('改好了。')
})

test('a mistake is taken off by two presses', async () => {
  const end = 'POST /api/past-activities/pa_1/end'
  await open('administrator', { [list]: [{ body: { items: [activity()], next: null } }, { body: { items: [], next: null } }], [end]: [{ status: 403, body: refusal('not_allowed') }, { body: activity() }] })
  await press('记错了，去掉：义诊')
  expect(asked(end)).toHaveLength(0)
  await press('确定去掉')
  expect(shown.get('[role=alert]').text()).toContain('not_allowed')
  await press('确定去掉')
  expect(asked(end).map(({ version }) => version)).toEqual(['"2"', '"2"'])
  expect(shown.get('[role=status]').text()).toBe('去掉了。')
  expect(shown.text()).toContain('没有活动')
})

test('recording says what is missing, where it is asked for', async () => {
  await open('centre_manager', { [list]: [{ body: { items: [], next: null } }] })
  await press('记一次活动')
  await press('记下')
  expect(shown.get('[role=alert]').text()).toBe('请填活动名称。')
  await fill('活动名称', '义诊')
  await fill('哪一天办的', '2026年3月5日')
  await press('记下')
  expect(shown.get('[role=alert]').text()).toBe('请选类型。')
  expect(asked('POST /api/past-activities')).toHaveLength(0)
})
