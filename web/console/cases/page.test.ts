import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { CaseRow } from '@shared/api/types'
import { errand, no_purpose } from '../people/purpose'
import { signed_in } from '../session'
import { town } from '../town'
import CasesPage from './CasesPage.vue'
import { is_late, list_in } from './lists'

const text = (zh: string) => ({ zh, en: zh })
const row = (more: Partial<CaseRow> = {}) => ({
  id: 'cs_1', version: 1, reference: 'NX-2026-000001', matter: { key: 'transfer', name: text('关系转入') }, phase: 'in_work', step: text('核对'), first_contact: '林示例',
  handler: '周示例', opened_at: '2026-11-24T01:00:00Z', promised_by: '2026-11-25', ...more,
}) as CaseRow
const work = 'GET /api/desk/work'
const find = 'POST /api/desk/cases/find'
const page = (...items: CaseRow[]) => ({ body: { items, next: null } })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  town.data.value = null
  errand.value = no_purpose()
  vi.unstubAllGlobals()
})

async function open(answers: Record<string, Said[]>, path = '/cases') {
  server.answers = answers
  town.data.value = { halls: [{ id: 'hl_1', venue_id: 've_1' }] } as unknown as typeof town.data.value
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: ['window_officer'], post: text('窗口'), csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })
  await router.push(path)
  shown = mount({ components: { CasesPage }, template: '<main><CasesPage /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function search(words: string) {
  await shown.get('form input[type=text]').setValue(words)
  await shown.get('form').trigger('submit')
  await flushPromises()
}

test('one begins with one’s own work, and the address says which list is shown', async () => {
  await open({ [work]: [page(row()), page()] })
  expect(shown.get('nav [aria-current=page]').text()).toBe('我在办的')
  expect(shown.text()).toContain('NX-2026-000001')
  await router.push('/cases?list=first')
  await flushPromises()
  expect(shown.get('nav [aria-current=page]').text()).toBe('先问到我的')
  expect(shown.text()).toContain('现在没有先问到你的事')
})

test('a number opens its case at once', async () => {
  await open({ [work]: [page()], 'GET /api/desk/case-numbers/12': [{ body: { id: 'cs_9' } }] })
  expect(shown.text()).toContain('现在你手上没有要办的事')
  await search('12')
  expect(router.currentRoute.value.path).toBe('/cases/cs_9')
})

test('a name is looked for with a purpose only', async () => {
  await open({ [work]: [page()], [find]: [page(row())] })
  await search('示例')
  expect(shown.get('[role=alert]').text()).toContain('请选一个原因')
  expect(server.asked.filter((each) => each.what === find)).toEqual([])
  await shown.get('input[type=radio]').setValue(true)
  await search('示例')
  expect(server.asked.find((each) => each.what === find)!.body).toEqual({ venue: 've_1', name: '示例', purpose: '本人来办事', limit: 20 })
  expect(document.activeElement?.textContent).toBe('找到 1 件')
  expect(router.currentRoute.value.fullPath).toBe('/cases')
})

test('late is what is under way past its day', () => {
  expect(is_late(row(), '2026-11-26')).toBe(true)
  expect(is_late(row(), '2026-11-25')).toBe(false)
  expect(is_late(row({ phase: 'done' }), '2026-11-26')).toBe(false)
  expect(is_late(row({ promised_by: null }), '2026-11-26')).toBe(false)
  expect(list_in('anything')).toBe('mine')
})
