import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { CaseView, SystemCount } from '@shared/api/types'
import { signed_in } from '../session'
import SystemCounts from './SystemCounts.vue'
import SystemFiles from './SystemFiles.vue'
import SystemPanel from './SystemPanel.vue'

const text = (zh: string) => ({ zh, en: zh })
const nothing = { stage: null, tries: 0, changed_at: null, reference: null, recorded_by: null, recorded_at: null, words: null, confirmed_by: null, confirmed_at: null }
const standing = (stands: object) => ({ body: { system: 'member_system', authority: text('由党组织决定'), ...nothing, ...stands } })
const at = '2026-11-24T01:00:00Z'
const read = 'GET /api/desk/cases/cs_1/system'
const give = 'POST /api/desk/cases/cs_1/system/hand-over'
const enter = 'POST /api/desk/cases/cs_1/system/reference'
const confirm = 'POST /api/desk/cases/cs_1/system/confirm'
const make = 'POST /api/desk/systems/files'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })
beforeEach(() => {
  server = pretend_server()
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: ['window_officer'], post: text('窗口'), csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })
})
afterEach(() => {
  shown.unmount()
  signed_in(null)
  vi.unstubAllGlobals()
})

async function open(stands: object, more: Record<string, Said[]> = {}, may = { handles: true, running: true }) {
  server.answers = { [read]: [standing(stands)], ...more }
  shown = mount(SystemPanel, { props: { view: { id: 'cs_1', version: 3 } as CaseView, ...may }, attachTo: document.body })
  await flushPromises()
}
const buttons = () => shown.findAll('button').map((each) => each.text())
async function press(name: string) {
  const button = shown.findAll('button').find((each) => each.text() === name)!
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('what the town decides itself has no other system', async () => {
  await open({ system: null, authority: null })
  expect(shown.find('section').exists()).toBe(false)
})

test('who handles it hands it over, of the version that was seen', async () => {
  await open({}, { [give]: [{ body: { id: 'cs_1', version: 4 } }] })
  expect(shown.get('h2').text()).toBe('在党员系统里')
  expect(shown.text()).toContain('还没有交给对方')
  expect(shown.text()).toContain('没有联网')
  await press('排上去交')
  expect(asked(give)[0]!.version).toBe('"3"')
  expect((shown.emitted('settled')![0] as [CaseView])[0].version).toBe(4)
})

test.each([
  [{ stage: 'to_send' }, ['填对方的编号']],
  [{ stage: 'sent', tries: 1 }, ['再交一次', '填对方的编号']],
  [{ stage: 'returned', tries: 2, words: '姓名不符' }, ['再交一次', '填对方的编号']],
  [{ stage: 'registered', tries: 1, reference: 'DY-1', recorded_by: '沈示例', recorded_at: at }, ['改对方的编号', '记看到的情况']],
  [{ stage: 'registered', tries: 0, reference: 'DY-1', recorded_by: '沈示例', recorded_at: at }, ['排上去交', '改对方的编号', '记看到的情况']],
  [{ stage: 'settled', tries: 1, reference: 'DY-1' }, []],
])('what may be done depends on how it stands: %o', async (stands, may) => {
  await open({ changed_at: at, ...stands })
  expect(buttons()).toEqual(may)
})

test('who does not handle it sees how it stands and presses nothing; what is over is not handed over', async () => {
  await open({ stage: 'returned', tries: 2, changed_at: at, words: '姓名不符', confirmed_by: '沈示例', confirmed_at: at }, {}, { handles: false, running: true })
  expect(buttons()).toEqual([])
  expect(shown.text()).toContain('姓名不符')
  expect(shown.text()).toContain('沈示例')
  expect(shown.text()).toContain('交过 2 次')
  shown.unmount()
  await open({}, {}, { handles: true, running: false })
  expect(buttons()).toEqual(['填对方的编号'])
})

test('a number is not left empty, and what is said there goes with whether it is settled', async () => {
  await open({}, { [enter]: [{ body: { id: 'cs_1', version: 4 } }] })
  await press('填对方的编号')
  await press('记下')
  await vi.waitFor(() => expect(shown.text()).toContain('请填对方系统里的编号'))
  await shown.get('input').setValue(' DY-7 ')
  await press('记下')
  expect(asked(enter)[0]!.body).toEqual({ reference: 'DY-7' })
  shown.unmount()
  await open({ stage: 'registered', reference: 'DY-7', changed_at: at }, { [confirm]: [{ body: { id: 'cs_1', version: 5 } }] })
  await press('记看到的情况')
  await shown.get('input[type=text]').setValue('示例：已接收')
  await shown.get('input[type=checkbox]').setValue(true)
  await press('记下')
  expect(asked(confirm)[0]!.body).toEqual({ words: '示例：已接收', settled: true })
})

test('a file is made where something waits, and answers are brought in where a word is waited for', async () => {
  const count: SystemCount = { system: 'member_system', to_send: 2, sent: 0, registered: 0, returned: 0, silent_since: null }
  server.answers = { [make]: [{ status: 201, body: { id: 'sf_1', system: 'member_system', made_by: '沈示例', made_at: at, lines: 2 } }] }
  shown = mount(SystemCounts, { props: { venue: 've_1', count }, global: { plugins: [router] }, attachTo: document.body })
  await press('生成一份表')
  expect(asked(make)[0]!.body).toEqual({ venue: 've_1', system: 'member_system' })
  expect((shown.emitted('made')![0] as [{ lines: number }])[0].lines).toBe(2)
  await shown.setProps({ count: { ...count, to_send: 0, sent: 2, silent_since: at } })
  expect(shown.text()).toContain('起没有回音')
  expect(shown.get('a').attributes('href')).toBe('/imports/new?kind=member_system_answers')
  await shown.setProps({ count: { ...count, to_send: 0 } })
  expect(shown.find('a').exists()).toBe(false)
})

test('a file is fetched with what for, and not without', async () => {
  server.answers = { 'GET /api/desk/systems/files': [{ body: { items: [{ id: 'sf_1', system: 'one_stop', made_by: '沈示例', made_at: at, lines: 3 }], next: null } }] }
  shown = mount(SystemFiles, { props: { venue: 've_1' }, attachTo: document.body })
  await flushPromises()
  expect(shown.text()).toContain('一网通办，3 件')
  await press('取表')
  await shown.get('input').setValue(' ')
  await press('取表')
  await vi.waitFor(() => expect(shown.text()).toContain('请写一下为什么取'))
  expect(asked('POST /api/desk/systems/files/sf_1/csv')).toEqual([])
})
