import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { CaseView } from '@shared/api/types'
import { signed_in } from '../session'
import TripCounts from './TripCounts.vue'
import TripsPanel from './TripsPanel.vue'

const text = (zh: string) => ({ zh, en: zh })
const first = { id: 'tp_1', day: '2026-11-24', ready: false, reason: null, words: null, correction: null }
const again = { id: 'tp_2', day: '2026-11-26', ready: false, reason: 'not_said', words: '还要户口簿原件', correction: { id: 'cs_9', reference: 'NX-2026-000009' } }
const read = 'GET /api/desk/cases/cs_1/trips'
const came = 'POST /api/desk/cases/cs_1/trips'
const back = 'POST /api/desk/cases/cs_1/trips/take-back'
const trips = (today: boolean, ...list: object[]) => ({ body: { trips: list, today } })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  vi.unstubAllGlobals()
})

async function open(answers: Record<string, Said[]>) {
  server.answers = answers
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: ['window_officer'], post: text('窗口'), csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })
  const view = { id: 'cs_1', version: 1 } as CaseView
  shown = mount(TripsPanel, { props: { view }, global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function press(name: string) {
  const button = shown.findAll('button').find((each) => each.text() === name)!
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('the first trip is one press, without a reason', async () => {
  await open({ [read]: [trips(false)], [came]: [{ status: 201, ...trips(true, first) }] })
  expect(shown.text()).toContain('还没有为这件事来过')
  await press('今天来了一趟')
  expect(asked(came)[0]!.body).toEqual({ reason: null, words: null })
  expect(shown.get('[role=status]').text()).toBe('今天这一趟记下了。')
  expect(shown.text()).toContain('第 1 趟')
  expect(shown.text()).toContain('当天没有齐')
})

test('a further one says why, and what was not said beforehand, which opens a correction', async () => {
  await open({ [read]: [trips(false, first)], [came]: [{ status: 201, ...trips(true, first, again) }] })
  await press('今天来了一趟')
  await press('记下这一趟')
  await vi.waitFor(() => expect(shown.text()).toContain('请选一个原因'))
  shown.getComponent({ name: 'ElSelect' }).vm.$emit('update:modelValue', 'not_said')
  await flushPromises()
  await press('记下这一趟')
  await vi.waitFor(() => expect(shown.text()).toContain('请写下来，好去改指南'))
  expect(asked(came)).toEqual([])
  await shown.get('textarea').setValue(' 还要户口簿原件 ')
  await press('记下这一趟')
  expect(asked(came)[0]!.body).toEqual({ reason: 'not_said', words: '还要户口簿原件' })
  expect(shown.get('[role=status]').text()).toContain('NX-2026-000009')
  expect(shown.get('a').attributes('href')).toBe('/cases/cs_9')
})

test('today’s is taken back', async () => {
  await open({ [read]: [trips(true, first)], [back]: [trips(false)] })
  await press('记错了，今天没来')
  expect(asked(back)).toHaveLength(1)
  expect(shown.get('[role=status]').text()).toBe('已经退回，今天不算。')
})

test('counts are by matter, with the share that was ready and why others came again', async () => {
  server.answers = {
    'GET /api/desk/trips/counts': [{ body: { matters: [{ matter: { key: 'transfer', name: text('关系转入') }, first: 8, ready: 6, again: 3, why_again: [{ reason: 'not_said', count: 2 }, { reason: 'to_sign', count: 1 }] }] } }],
  }
  shown = mount(TripCounts, { props: { venue: 've_1' }, attachTo: document.body })
  await flushPromises()
  const cells = shown.findAll('tbody td').map((cell) => cell.text())
  expect(shown.get('tbody th').text()).toBe('关系转入')
  expect(cells.slice(0, 3)).toEqual(['8', '6 (75%)', '3'])
  expect(cells[3]).toContain('事先没说清 2')
})
