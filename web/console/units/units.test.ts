import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { Role, UnitCaseRow } from '@shared/api/types'
import { signed_in } from '../session'
import UnitCasesPage from './UnitCasesPage.vue'

const text = (zh: string) => ({ zh, en: zh })
const step = (key: string, phase: string) => ({ key, name: text(key), who: text('支部'), phase })
const row = (more: Partial<UnitCaseRow> = {}) => ({
  id: 'cs_1', version: 5, reference: 'NX-2026-000001', matter: { key: 'transfer', name: text('关系转出') }, step: step('等支部发起转出', 'waiting_for_other'),
  next_steps: [step('等上级党委', 'waiting_for_other'), step('不能转', 'refused')], unit: { key: 'own_branch', unit: text('本镇的支部'), organisation: 'or_1', name: '中共示例支部' },
  first_contact: '林示例', handler: null, venue: text('示例中心'), opened_at: '2026-11-24T01:00:00Z', promised_by: null, ...more,
}) as UnitCaseRow
const list = 'GET /api/desk/unit_cases'
const advance = 'POST /api/desk/unit_cases/cs_1/advance'
const page = (...items: UnitCaseRow[]) => ({ body: { items, next: null } })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  vi.unstubAllGlobals()
})

async function open(role: Role, answers: Record<string, Said[]>) {
  server.answers = answers
  signed_in({ staff: { id: 'st_1', name: '书示例' }, roles: [role], post: text('书记'), csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
  shown = mount({ components: { UnitCasesPage }, template: '<main><UnitCasesPage /></main>' }, { attachTo: document.body })
  await flushPromises()
}
async function choose(option: string) {
  await shown.get('button[aria-label="办这一步：NX-2026-000001"]').trigger('click')
  await flushPromises()
  await shown.get('input[aria-label="办到哪一步"]').trigger('click')
  await flushPromises()
  await shown.findAll('[role=option]').find((each) => each.text() === option)!.trigger('click')
  await flushPromises()
}
async function submit() {
  await shown.get('form').trigger('submit')
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('a secretary takes a step with a word for the window, and it is gone from the list', async () => {
  await open('branch_secretary', { [list]: [page(row()), page()], [advance]: [{ status: 204 }] })
  for (const each of ['关系转出', '中共示例支部', '示例中心', '林示例（首问责任人）']) expect(shown.text()).toContain(each)
  await choose('等上级党委')
  await shown.get('input[maxlength="500"]').setValue('已经转出')
  await submit()
  expect(asked(advance)).toMatchObject([{ version: '"5"', body: { to: '等上级党委', note: '已经转出', refusal: null } }])
  expect(shown.get('[role=status]').text()).toContain('NX-2026-000001 到了“等上级党委”。')
  expect(shown.text()).toContain('现在没有等你们的事')
})

test('a step that refuses asks why and for what helps now', async () => {
  await open('committee_officer', { [list]: [page(row()), page()], [advance]: [{ status: 204 }] })
  await choose('不能转')
  await submit()
  expect(asked(advance)).toEqual([])
  const [reason, remedy] = shown.findAll('textarea')
  await reason!.setValue('还在处分期内')
  await remedy!.setValue('期满以后再来')
  await submit()
  expect(asked(advance)[0]!.body).toEqual({ to: '不能转', note: null, refusal: { reason: '还在处分期内', remedy: '期满以后再来' } })
})

test('when somebody was quicker the list is asked for anew, and says so', async () => {
  await open('branch_secretary', { [list]: [page(row()), page(row({ version: 6 }))], [advance]: [{ status: 412, body: { code: 'version_differs', title: '有人改过', detail: '' } }] })
  await choose('等上级党委')
  await submit()
  expect(shown.get('[role=status]').text()).toContain('刚才有人改过')
  expect(asked(list)).toHaveLength(2)
})

test('whose role is another one asks for nothing', async () => {
  await open('window_officer', {})
  expect(shown.get('h1').text()).toBe('这一页给支部书记和党委工作人员用')
  expect(server.asked).toEqual([])
})
