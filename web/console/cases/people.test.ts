import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { CaseView, Role } from '@shared/api/types'
import { instant_of } from '@shared/i18n/dates'
import { signed_in } from '../session'
import { town } from '../town'
import CasePage from './CasePage.vue'
import { everybody } from './colleagues'
import { no_word, word_said } from './recorded'

const text = (zh: string) => ({ zh, en: zh })
const officer = (name: string) => ({ name, post: text('综合窗口') })
const step = (key: string, phase: string) => ({ key, name: text(key), who: text('窗口'), phase })
const branch = { key: 'own_branch', unit: text('本镇的支部'), organisation: null, name: null }
const view = (more: Partial<CaseView> = {}) => ({
  id: 'cs_1', version: 3, token: 'word', reference: 'NX-2026-000001', matter: { key: 'transfer', name: text('关系转出') }, phase: 'in_work', step: step('核对', 'in_work'), next_steps: [step('办结', 'done')],
  first_contact: officer('林示例'), handler: officer('林示例'), acting: { first_contact: null, handler: null }, offer: null, units: [], waiting_for: null, mine: true,
  opened_at: '2026-11-24T01:00:00Z', promised_by: '2026-11-27', provisional: false, materials: [], history: [], note: null, has_applicant: false, has_answers: false, notices: [], refusal: null, refusals: [],
  deadlines: [], declaration: null, related: [], result: null, ...more,
}) as CaseView
const lin = { id: 'st_1', name: '林示例' }
const zhou = { id: 'st_2', name: '周示例' }
const offer = { to: zhou, by: lin, at: '2026-11-24T01:00:00Z' }
const read = 'GET /api/desk/cases/cs_1'
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

async function open(answers: Record<string, Said[]>, me = lin, role: Role = 'window_officer') {
  server.answers = answers
  town.data.value = { halls: [{ id: 'hl_1', venue_id: 've_1' }] } as unknown as typeof town.data.value
  signed_in({ staff: me, roles: [role], post: text('窗口'), csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })
  shown = mount({ components: { CasePage }, template: '<main><CasePage id="cs_1" /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const button = (words: string) => shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
const panel = (label: string) => shown.get(`section[aria-labelledby="${label}"]`)
async function press(words: string) {
  await button(words)!.trigger('click')
  await flushPromises()
}
async function submit(label: string) {
  await panel(label).get('form').trigger('submit')
  await flushPromises()
}
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('who is away is named with who acts and until when, and who has left without a day', async () => {
  await open({ [read]: [{ body: view({ acting: { first_contact: { who: text('周示例'), officer: officer('周示例'), until: '2026-11-25' }, handler: { who: text('本场所负责人'), officer: null, until: null } } }) }] })
  expect(shown.text()).toContain('林示例不在，11月25日 星期三以前（含这一天）由周示例代办。')
  expect(shown.text()).toContain('林示例不在这里工作了，由本场所负责人代办。')
})

test('a colleague is asked with a note, and others cannot be asked meanwhile', async () => {
  await open({
    [read]: [{ body: view() }],
    'GET /api/venues/ve_1/posts': [page({ id: 'po_1', a: lin, b: zhou, on_duty: null })],
    'GET /api/halls/hl_1/windows': [page({ id: 'wi_1', officer: { id: 'st_3', name: '何示例' } })],
    'POST /api/desk/cases/cs_1/offer': [{ body: view({ version: 4, offer }) }],
  })
  await press('请同事接手')
  await submit('hand-over')
  expect(asked('POST /api/desk/cases/cs_1/offer')).toEqual([])
  await panel('hand-over').get('input[aria-label="请谁接手"]').trigger('click')
  await flushPromises()
  const options = () => panel('hand-over').findAll('[role=option]')
  expect(options().map((each) => each.text())).toEqual(['周示例', '何示例'])
  await options()[0]!.trigger('click')
  await panel('hand-over').get('textarea').setValue('材料在柜子里')
  await submit('hand-over')
  expect(asked('POST /api/desk/cases/cs_1/offer')).toMatchObject([{ version: '"3"', body: { to: 'st_2', note: '材料在柜子里' } }])
  expect(panel('hand-over').text()).toContain('林示例请周示例接手')
  expect(button('请同事接手')).toBeUndefined()
  expect(button('撤回移交')).toBeDefined()
})

test('who was asked takes it over, or declines with a reason; nobody else takes it on', async () => {
  await open({
    [read]: [{ body: view({ mine: false, handler: null, offer }) }],
    'POST /api/desk/cases/cs_1/offer/decline': [{ status: 409, body: { code: 'no_offer', title: '没有等人接手', detail: '' } }],
    'POST /api/desk/cases/cs_1/offer/accept': [{ body: view({ version: 4, handler: officer('周示例') }) }],
  }, zhou)
  expect(button('我来办，接手')).toBeUndefined()
  expect(button('撤回移交')).toBeUndefined()
  await press('不接手')
  await submit('hand-over')
  expect(asked('POST /api/desk/cases/cs_1/offer/decline')).toEqual([])
  await panel('hand-over').get('input').setValue('明天请假')
  await submit('hand-over')
  expect(asked('POST /api/desk/cases/cs_1/offer/decline')[0]!.body).toEqual({ reason: '明天请假' })
  expect(panel('hand-over').get('[role=alert]').text()).toContain('没有等人接手')
  await press('先不改')
  await press('答应，由我接手')
  expect(shown.get('[role=status]').text()).toContain('你是承办人')
  expect(document.activeElement?.tagName).toBe('H1')
})

test('an officer who neither offered it nor was asked only reads that it was offered', async () => {
  await open({ [read]: [{ body: view({ mine: false, offer }) }] }, { id: 'st_9', name: '何示例' })
  expect(panel('hand-over').text()).toContain('林示例请周示例接手')
  expect(panel('hand-over').findAll('button')).toEqual([])
})

test('a unit outside is named to the letter, and the one that is waited for stands above', async () => {
  const named = { ...branch, name: '中共示例区第一支部委员会' }
  await open({ [read]: [{ body: view({ units: [branch] }) }], 'PUT /api/desk/cases/cs_1/units/own_branch': [{ body: view({ version: 4, units: [named], waiting_for: named }) }] })
  expect(panel('units').text()).toContain('还没有写明')
  await press('写明是哪个：本镇的支部')
  await submit('units')
  expect(panel('units').get('[role=alert]').text()).toBe('请选一个')
  await panel('units').findAll('input[type=radio]')[1]!.setValue(true)
  await panel('units').get('input[type=text]').setValue(' 中共示例区第一支部委员会 ')
  await submit('units')
  expect(asked('PUT /api/desk/cases/cs_1/units/own_branch')).toMatchObject([{ version: '"3"', body: { name: '中共示例区第一支部委员会' } }])
  expect(shown.text()).toContain('现在等本镇的支部：中共示例区第一支部委员会')
  // Whoever handles it goes on at the unit's word only.
  expect(shown.get('[role=group][aria-label="对方怎么答复的"]').findAll('input')).toHaveLength(3)
})

test('a word is whole with who gave it, when, and how that is known', () => {
  const word = { name: ' 李科长 ', at: '2026-11-24T09:30', proof: '区函 7 号' }
  expect(word_said(word)).toEqual({ name: '李科长', at: '2026-11-24T01:30:00.000Z', proof: '区函 7 号' })
  for (const missing of ['name', 'at', 'proof']) expect(word_said({ ...word, [missing]: '' })).toBeNull()
  expect(instant_of(no_word().at).getTime()).toBeLessThanOrEqual(Date.now())
})

test('a colleague who has two posts is one choice', () => expect(everybody([lin, null, zhou, lin, undefined])).toEqual([lin, zhou]))
