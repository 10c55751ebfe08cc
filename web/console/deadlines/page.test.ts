import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { CaseAlarm, DeadlineRow, Role } from '@shared/api/types'
import { signed_in } from '../session'
import { answered, by_day, left_until, part_in } from './deadlines'
import DeadlinesPage from './DeadlinesPage.vue'

const text = (zh: string) => ({ zh, en: zh })
const facts = { case_id: 'cs_1', reference: 'NX-2026-000001', matter: { key: 'transfer', name: text('关系转入') }, step: text('核对'), who: text('承办人'), first_contact: '林示例', handler: '周示例' }
const row = (more: Partial<DeadlineRow> = {}): DeadlineRow => ({ ...facts, id: 'dl_1', kind: 'promised', state: 'running', due: '2026-11-25', provisional: false, alarm: null, ...more })
const alarm = (more: Partial<CaseAlarm> = {}): CaseAlarm => ({ ...facts, id: 'al_1', kind: 'promised', due: '2026-11-21', venue: text('示例中心'), level: 1, raised_at: '2026-11-22T00:00:00Z', ...more })
const page = <Item>(...items: Item[]): Said => ({ body: { items, next: null } })
const today = '2026-11-24'
const [venues, board, alarms] = ['GET /api/venues', 'GET /api/desk/deadlines', 'GET /api/desk/alarms']
const answer = 'POST /api/desk/alarms/al_1/acknowledge'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${today}T02:00:00Z`) })
  server = pretend_server()
})
afterEach(() => {
  shown.unmount()
  signed_in(null)
  localStorage.clear()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function open(role: Role, answers: Record<string, Said[]>, path = '/deadlines') {
  server.answers = { [venues]: [page(...['ve_1', 've_2'].map((id) => ({ venue: { id, name: text(id === 've_1' ? '示例中心' : '示例站') } })))], ...answers }
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: [role], post: text('窗口'), csrf: 'word', venue: 've_2', expires_at: '2026-11-24T09:00:00Z' })
  await router.push(path)
  shown = mount({ components: { DeadlinesPage }, template: '<main><DeadlinesPage /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  for (let count = 0; count < 3; count += 1) await flushPromises()
}
async function press(name: string) {
  const button = shown.findAll('button').find((each) => each.text() === name)
  if (!button) throw new Error(`no button “${name}” in: ${shown.text()}`)
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  for (let count = 0; count < 3; count += 1) await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)
const headings = () => shown.findAll('h2').map((each) => each.text())
const parts = () => shown.findAll('nav a').map((each) => each.text())

test('one’s own venue: the overdue first, then day by day, with who has to act', async () => {
  await open('window_officer', { [board]: [page(
    row({ id: 'dl_1', due: '2026-11-20', state: 'missed', alarm: 2, handler: null }), row({ id: 'dl_2', due: '2026-11-23', state: 'missed' }),
    row({ id: 'dl_3', due: today }), row({ id: 'dl_4', due: '2026-11-25', kind: 'supplement', who: text('居民') }), row({ id: 'dl_5', due: '2026-12-01', provisional: true }),
  )] })
  expect(asked(board)[0]!.query).toContain('venue=ve_2')
  expect(headings()).toEqual(['已经过期', '11月24日 星期二 · 今天到期', '11月25日 星期三 · 明天到期', '12月1日 星期二 · 还有 7 天'])
  const [late, due_today, , last] = shown.findAll('section').map((each) => each.text())
  for (const words of ['晚了 4 天', '最晚 11月20日 星期五', '已经报上级', '还没有人接手', '晚了 1 天', '已经有人说明了']) expect(late).toContain(words)
  for (const words of ['承诺期限', '关系转入', '核对', '承办人', '周示例', '林示例']) expect(due_today).toContain(words)
  expect(due_today).not.toContain('说明')
  expect(last).toContain('日期待定')
  expect(shown.get('section a').attributes('href')).toBe('/cases/cs_1')
  expect(parts()).toEqual(['按日子看', '逾期提醒'])
})

test('page after page, each line once', async () => {
  const first = { body: { items: Array.from({ length: 20 }, (_, index) => row({ id: `dl_${index}` })), next: 'c1' } }
  await open('window_officer', { [board]: [first, first, page(row({ id: 'dl_20', due: '2026-11-26' }))] })
  expect(shown.findAll('section li')).toHaveLength(20)
  await press('再看一些')
  expect(shown.findAll('section li')).toHaveLength(21)
  expect(asked(board).at(-1)!.query).toContain('cursor=c1')
  expect(shown.text()).not.toContain('再看一些')
})

test('nothing due is said calmly, and so is what is refused', async () => {
  await open('window_officer', { [board]: [page(), { status: 403, body: { code: 'not_allowed', title: '这里不归你管', detail: '' } }] })
  expect(shown.text()).toContain('这里没有要到期的事')
  shown.unmount()
  await open('window_officer', { [board]: [{ status: 403, body: { code: 'not_allowed', title: '这里不归你管', detail: '' } }] })
  expect(shown.get('[role=alert]').text()).toContain('这里不归你管')
})

test('an alarm is answered with what is done now, and is gone', async () => {
  await open('window_officer', { [alarms]: [page(alarm()), page()], [answer]: [{ status: 204 }] }, '/deadlines?list=alarms')
  expect(asked(alarms)[0]!.query).toContain('venue=ve_2')
  for (const words of ['你承办的、先问到你的', '晚了 3 天', '最晚 11月21日 星期六', '11月22日 08:00 开始提醒', '周示例']) expect(shown.text()).toContain(words)
  await press('说明现在怎么办')
  expect(document.activeElement?.tagName).toBe('TEXTAREA')
  await press('记下来')
  expect(shown.get('[role=alert]').text()).toBe('请写明现在怎么办。')
  expect(asked(answer)).toEqual([])
  await shown.get('textarea').setValue(' 明天办好 ')
  await press('记下来')
  expect(asked(answer)).toMatchObject([{ body: { note: '明天办好' } }])
  expect(document.activeElement?.textContent).toBe('记下了，NX-2026-000001 的提醒收起来了。')
  expect(shown.text()).toContain('没有等着说明的逾期')
})

test('who comes too late is told that their words were not recorded; who may not keeps them', async () => {
  const refused = (status: number, code: string) => ({ status, body: { code, title: code, detail: '' } })
  await open('centre_manager', { [alarms]: [page(alarm()), page()], [answer]: [refused(403, 'not_your_case'), refused(409, 'alarm_over')] }, '/deadlines?list=alarms')
  await press('说明现在怎么办')
  await shown.get('textarea').setValue('明天办好')
  await press('记下来')
  expect(shown.get('[role=alert]').text()).toContain('not_your_case')
  expect(shown.get('textarea').element.value).toBe('明天办好')
  await press('记下来')
  expect(shown.get('[role=status]').text()).toContain('你写的没有记下来')
  expect(shown.find('textarea').exists()).toBe(false)
})

test('those above see what nobody has answered at any of their venues, and which it is', async () => {
  await open('centre_manager', { [alarms]: [page(alarm({ level: 2 }))] }, '/deadlines?list=above')
  expect(parts()).toEqual(['按日子看', '逾期提醒', '没人说明的'])
  expect(asked(alarms)[0]!.query).not.toContain('venue')
  for (const words of ['示例中心', '两个工作日没有人说明']) expect(shown.text()).toContain(words)
  expect(shown.find('[role=combobox]').exists()).toBe(false)
})

test.each([['2026-11-22', 'left.late', 2], [today, 'left.today', 0], ['2026-11-25', 'left.tomorrow', 1], ['2026-12-24', 'left.days', 30]])('%s is %s', (due, words, count) =>
  expect(left_until(due, today)).toEqual({ words, count }))
test('what a missed one says of its alarm, and others do not', () => {
  expect([row(), row({ state: 'missed' }), row({ state: 'missed', alarm: 1 }), row({ state: 'missed', alarm: 2 })].map(answered)).toEqual([null, 'alarm.answered', 'alarm.open', 'alarm.above'])
})
test('late ones are together; a part that is not known is the board', () => {
  expect(by_day([row({ due: '2026-11-20' }), row({ due: '2026-11-23' }), row({ due: today }), row({ due: today })], today).map((each) => [each.day, each.rows.length])).toEqual([[null, 2], [today, 2]])
  expect(part_in('nothing')).toBe('board')
})
