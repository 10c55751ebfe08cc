import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server } from '@shared/api/pretend_server'
import { slips } from '../apply/slips'
import FurtherCard from './FurtherCard.vue'

const press = 'POST /api/cases/tok/further'
const slip = { reference: 'NX-2026-000009', token: 'new', first_contact: { name: '沈示例', post: { zh: '主任', en: 'Manager' } }, promised_by: '2026-12-01', provisional: false }
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  slips.value = []
  localStorage.clear()
  vi.unstubAllGlobals()
})
function open() {
  shown = mount(FurtherCard, { props: { token: 'tok' }, global: { plugins: [router] }, attachTo: document.body })
}

test('one press takes it to the manager, who is named, and the phone keeps the new number', async () => {
  open()
  server.answers = { [press]: [{ status: 201, body: slip }] }
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(shown.text()).toContain('已经转给沈示例（主任）')
  expect(shown.text()).toContain('NX-2026-000009')
  expect(shown.get('a').attributes('href')).toBe('/c/new')
  expect(slips.value).toEqual([{ reference: 'NX-2026-000009', token: 'new' }])
  expect(shown.emitted('taken')).toHaveLength(1)
  expect(document.activeElement?.textContent).toContain('沈示例')
})

test('where it went already is said', async () => {
  open()
  const problem = { type: 'urn:doorstep:problem:taken_further_already', title: '已经转过去了', status: 409, code: 'taken_further_already', detail: '编号是 NX-2026-000009' }
  server.answers = { [press]: [{ status: 409, body: problem }] }
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(shown.text()).toContain('NX-2026-000009')
  expect(slips.value).toEqual([])
})
