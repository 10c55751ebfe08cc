import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { CalendarDayView, Role, SessionView } from '@shared/api/types'
import { signed_in } from '../session'
import CalendarPage from './CalendarPage.vue'

const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '沈示例' }, roles, post: { zh: '主任', en: 'Director' }, csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
const now = '2026-11-24'
const day = (date: string, workday: boolean, name: string, towns_own = false): CalendarDayView => ({ day: date, workday, name: { zh: name, en: name }, towns_own })
const announced = [day('2026-10-01', false, '国庆节'), day('2026-10-02', false, '国庆节'), day('2026-10-10', true, '国庆节')]
const festival = day('2026-12-08', false, '示例镇民俗节', true)
const year = (number: number, days: CalendarDayView[], is_announced = true): Said => ({ body: { year: number, announced: is_announced, days } })
const alarm = { code: 'calendar_year_missing', what: { zh: '2027 年的节假日和调休还没有导入。', en: '2027 is missing.' } }

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
async function open(role: Role, answers: Record<string, Said[]>) {
  server.answers = { 'GET /api/calendar/2026': [year(2026, announced)], 'GET /api/calendar/2027': [year(2027, [], false)], 'GET /api/alarms': [{ body: { items: [alarm] } }], ...answers }
  signed_in(officer(role))
  shown = mount(CalendarPage, { attachTo: document.body })
  for (let count = 0; count < 3; count += 1) await flushPromises()
}
const button = (words: string) => shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
async function press(words: string) {
  const found = button(words)!
  await (found.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : found.trigger('click'))
  for (let count = 0; count < 3; count += 1) await flushPromises()
}
const field = (label: string) => shown.get(`input[aria-label="${label}"]`)
const cell = (date: string) => shown.get(`[data-day="${date}"]`)
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('an officer reads the year, and is told when it is not known; nobody but keepers is asked for alarms', async () => {
  await open('window_officer', {})
  expect(shown.findAll('table')).toHaveLength(12)
  expect(shown.findAll('[role=grid]')).toEqual([])
  expect(shown.findAll('li strong').map((each) => each.text())).toEqual(['国庆节', '国庆节'])
  expect(shown.text()).toContain('10月1日 星期四至10月2日 星期五')
  expect(button('记一天')).toBeUndefined()
  expect(asked('GET /api/alarms')).toEqual([])
  await press('下一年')
  expect(shown.text()).toContain('节假日还没有导入')
  expect(shown.text()).toContain('期限都是暂定的')
})

test('a manager sees the alarm of a year that is missing, and changes nothing', async () => {
  await open('centre_manager', {})
  expect(shown.get('section.alarm').text()).toContain('2027 年的节假日和调休还没有导入')
  expect(button('记一天')).toBeUndefined()
})

test('a day is chosen by the keys; what the change means is said, and it is recorded', async () => {
  await open('administrator', { 'PUT /api/calendar/days/2026-12-08': [{ body: festival }], 'GET /api/calendar/2026': [year(2026, announced), year(2026, [...announced, festival])] })
  const stops = () => shown.findAll('[data-day]').filter((each) => each.attributes('tabindex') === '0')
  expect(stops().map((each) => each.attributes('data-day'))).toEqual([now])
  await cell(now).trigger('keydown', { key: 'PageDown' })
  expect(stops().map((each) => each.attributes('data-day'))).toEqual(['2026-12-24'])
  await cell('2026-12-24').trigger('keydown', { key: 'ArrowUp' })
  await cell('2026-12-17').trigger('keydown', { key: 'ArrowUp' })
  await cell('2026-12-10').trigger('keydown', { key: 'ArrowLeft' })
  await cell('2026-12-09').trigger('keydown', { key: 'ArrowLeft' })
  await cell('2026-12-08').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect((field('哪一天').element as HTMLInputElement).value).toBe('2026-12-08')
  const meaning = () => shown.get('.meaning').text()
  expect(meaning()).toContain('12月8日 星期二现在：上班。')
  expect(meaning()).toContain('不算工作日')
  expect(meaning()).toContain('照星期日的时间开门')
  expect(meaning()).toContain('已经答应居民的日期不变')
  await shown.findAll('input[type=radio]')[1]!.setValue()
  expect(meaning()).toContain('现在本来就是这样')
  await shown.findAll('input[type=radio]')[0]!.setValue()
  await press('保存')
  expect(asked('PUT /api/calendar/days/2026-12-08')).toEqual([])
  await field('为什么，比如“示例镇民俗节”').setValue('示例镇民俗节')
  await press('保存')
  expect(asked('PUT /api/calendar/days/2026-12-08')[0]!.body).toEqual({ workday: false, name: { zh: '示例镇民俗节', en: '示例镇民俗节' } })
  expect(shown.get('.told').text()).toBe('记好了：12月8日 星期二，休息。')
  expect(document.activeElement?.getAttribute('data-day')).toBe('2026-12-08')
  expect(cell('2026-12-08').attributes('aria-label')).toBe('12月8日 星期二，镇里定的，休息：示例镇民俗节')
})

test('what is past is not chosen', async () => {
  await open('administrator', {})
  await cell('2026-11-23').trigger('click')
  expect(shown.find('form').exists()).toBe(false)
  await press('记一天')
  await field('哪一天').setValue('2026-11-23')
  await press('保存')
  await vi.waitFor(() => expect(shown.text()).toContain('过去的日子不能改'))
  expect(server.asked.some(({ what }) => what.startsWith('PUT'))).toBe(false)
})

test('a day of the town is taken back, and what it is then is said', async () => {
  await open('administrator', { 'GET /api/calendar/2026': [year(2026, [...announced, festival]), year(2026, announced)], 'DELETE /api/calendar/days/2026-12-08': [{ status: 204 }] })
  await press('收回12月8日 星期二')
  expect(shown.text()).toContain('没公布就照星期几')
  await press('确定收回')
  expect(asked('DELETE /api/calendar/days/2026-12-08')).toHaveLength(1)
  expect(shown.get('.told').text()).toBe('收回了。12月8日 星期二现在：上班。')
  expect(button('收回12月8日 星期二')).toBeUndefined()
})
