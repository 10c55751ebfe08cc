import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { MandateView, PersonExport, Volunteering } from '@shared/api/types'
import { MyDoor, PeoplePage, PersonPage, TakePage } from './pages'
import { phone } from './phone'
import { ask_again } from './session'

const soon = '2026-11-24T09:00:00Z'
const session = (csrf: string) => ({ csrf, expires_at: soon, fresh_until: soon, account: 'phone' })
const facts = { id: 'pe_1', version: 3, name: '王示例', phone: '13800138000', identity_number: null, birth_date: '1952-03-08', address: null, volunteering: null }
const copy = (more: Partial<PersonExport> = {}): PersonExport => ({
  made_at: soon, facts, membership: null, recorded_at: soon, merged: [], mandates: [], mandates_left_out: false, looks: [], looks_left_out: false, ...more,
})
const volunteering: Volunteering = { skills: ['haircuts', 'care'], register_number: '310000000001', since: null, venue: 've_1', organisation: null, place_name: '示例中心' }
const masked = { id: 'pe_1', version: 3, name: '王*', phone: '138****8000', identity_number: null, erased: false }
const refusal = (code: string) => ({ code, title: code, detail: `${code} 怎么办` })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

function the_server_says(wanted: Record<string, Said[]>) {
  server.answers = { 'GET /api/my/city': [{ body: { name: null } }], 'GET /api/my/session/all': [{ body: { items: [], next: null } }], ...wanted }
}

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  ask_again()
  phone.value = ''
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

async function open(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { template: '<p />' } },
      {
        path: '/my', component: MyDoor, children: [
          { path: '', component: PeoplePage },
          { path: 'people/:person', component: PersonPage, props: true },
          { path: 'people/:person/take', component: TakePage, props: true },
        ],
      },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView)) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return router
}
async function press(words: string) {
  await shown.findAll('button').find((each) => each.text() === words)!.trigger('click')
  await flushPromises()
}
async function say(words: string) {
  await shown.get('input').setValue(words)
  await shown.get('form').trigger('submit')
  await flushPromises()
}
const heading = () => shown.get('h1').text()
const count = (what: string) => server.asked.filter((each) => each.what === what).length

test('a phone proves itself by two questions, and is let in', async () => {
  the_server_says({
    'GET /api/my/session': [{ status: 401, body: refusal('not_signed_in') }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/my/session': [{ status: 401, body: refusal('wrong_code') }, { body: session('word') }],
    'GET /api/my/people': [{ body: { items: [masked], next: null } }],
  })
  const router = await open('/my')
  expect(heading()).toBe('你的手机号是多少？')
  await say('')
  expect(shown.get('[role=alert]').text()).toBe('请填手机号。')
  expect(document.activeElement).toBe(shown.get('input').element)
  await say('13800138000')
  expect(heading()).toBe('短信里的六位数字是什么？')
  expect(router.currentRoute.value.query.step).toBe('code')
  expect(shown.get('input').attributes()).toMatchObject({ inputmode: 'numeric', autocomplete: 'one-time-code' })
  expect(document.activeElement).toBe(shown.get('h1').element)
  await say('12')
  expect(shown.get('[role=alert]').text()).toBe('请填短信里的六位数字。')
  expect(count('POST /api/my/session')).toBe(0)
  await say('111111')
  expect(shown.get('[role=alert]').text()).toContain('wrong_code 怎么办')
  expect(shown.get('input').element.value).toBe('111111')
  await say('１２３ ４５６')
  expect(server.asked.findLast((each) => each.what === 'POST /api/my/session')?.body).toEqual({ phone: '13800138000', code: '123456' })
  expect(heading()).toBe('我的信息')
  expect(shown.text()).toContain('王*')
})

test('a code that was just sent leads to its question, and says when there may be another', async () => {
  the_server_says({
    'GET /api/my/session': [{ status: 401, body: refusal('not_signed_in') }],
    'POST /api/my/codes': [{ status: 429, body: refusal('code_too_soon') }],
  })
  await open('/my')
  await say('13800138000')
  expect(heading()).toBe('短信里的六位数字是什么？')
  expect(shown.get('[role=alert]').text()).toContain('code_too_soon 怎么办')
})

test('a number that is none is said where it is asked for', async () => {
  the_server_says({
    'GET /api/my/session': [{ status: 401, body: refusal('not_signed_in') }],
    'POST /api/my/codes': [{ status: 400, body: refusal('invalid_phone') }],
  })
  await open('/my')
  await say('12')
  expect(heading()).toBe('你的手机号是多少？')
  expect(shown.findAll('[role=alert]').map((each) => each.text())).toEqual(['invalid_phone 怎么办'])
})

test('proven too long ago, the phone is asked once more, and what was wanted goes on', async () => {
  the_server_says({
    'GET /api/my/session': [{ body: session('old word') }],
    'POST /api/my/people/pe_1/export': [{ status: 403, body: refusal('fresh_code_needed') }, { body: copy() }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/my/session': [{ body: session('new word') }],
  })
  await open('/my/people/pe_1/take')
  await press('取出来')
  expect(heading()).toBe('你的手机号是多少？')
  await press('不验证了，回去')
  expect(heading()).toBe('带走一份')
  server.answers['POST /api/my/people/pe_1/export']!.unshift({ status: 403, body: refusal('fresh_code_needed') })
  await press('取出来')
  await say('13800138000')
  await say('123456')
  expect(heading()).toBe('王示例的信息')
  expect(server.asked.filter((each) => each.what.endsWith('/export')).map((each) => each.csrf)).toEqual(['old word', 'old word', 'new word'])
})

test('a session that is over asks for the phone, says why, and comes back to the page', async () => {
  the_server_says({
    'GET /api/my/session': [{ body: session('word') }],
    'GET /api/my/people': [{ body: { items: [masked], next: null } }],
    'GET /api/my/people/pe_1/looks': [{ body: { items: [], next: null } }],
    'POST /api/my/people/pe_1/look': [{ status: 401, body: refusal('session_expired') }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/my/session': [{ body: session('word') }],
  })
  await open('/my/people/pe_1')
  expect(heading()).toBe('王*的信息')
  await press('看全部内容')
  expect(heading()).toBe('你的手机号是多少？')
  expect(shown.get('[role=status]').text()).toContain('登录的时间到了')
  await say('13800138000')
  await say('123456')
  expect(heading()).toBe('王*的信息')
})

test('what is put right goes with the version that was seen; empty means no longer held', async () => {
  the_server_says({
    'GET /api/my/session': [{ body: session('word') }],
    'GET /api/my/people': [{ body: { items: [masked], next: null } }],
    'GET /api/my/people/pe_1/looks': [{ body: { items: [], next: null } }],
    'POST /api/my/people/pe_1/look': [{ body: facts }],
    'PATCH /api/my/people/pe_1': [{ body: masked }],
  })
  await open('/my/people/pe_1')
  await press('看全部内容')
  expect(document.activeElement?.textContent).toBe('我们记了什么')
  await shown.get("[aria-label='修改出生日期']").trigger('click')
  await flushPromises()
  expect(shown.get('input').element.value).toBe('1952年3月8日')
  await say('1953年2月29日')
  expect(shown.get('[role=alert]').text()).toContain('没看明白这个日期')
  await say('')
  expect(server.asked.find((each) => each.what.startsWith('PATCH'))?.body).toEqual({ birth_date: null })
  expect(heading()).toBe('王*的信息')
  expect(shown.text()).toContain('出生日期改好了。')
  expect(shown.text()).not.toContain('王示例')
})

test('where one is signed in is shown, and ended there, one or all', async () => {
  const place = (id: string, current: boolean) => ({ id, signed_in_at: soon, expires_at: soon, current })
  const [here, tablet, lost] = [place('se_3', true), place('se_2', false), place('se_1', false)]
  the_server_says({
    'GET /api/my/session': [{ body: session('word') }],
    'GET /api/my/people': [{ body: { items: [masked], next: null } }],
    'GET /api/my/session/all': [{ body: { items: [here, tablet, lost], next: null } }, { body: { items: [here, tablet, lost], next: null } }, { body: { items: [here], next: null } }],
    'POST /api/my/session/all/se_2/end': [{ status: 404, body: refusal('no_such_session') }, { status: 204 }],
    'POST /api/my/session/others/end': [{ status: 204 }],
  })
  await open('/my')
  expect(shown.findAll('.places li').map((each) => each.find('strong').text())).toEqual(['正在用的这一处', '别处', '别处'])
  expect(shown.findAll('.places button')).toHaveLength(2) // this one is left by signing out
  await press('让它退出')
  expect(shown.get('[role=alert]').text()).toContain('no_such_session 怎么办')
  await press('让它退出')
  expect(shown.get('[role=status]').text()).toBe('那一处退出了。')
  await press('别处全部退出')
  expect(shown.get('[role=status]').text()).toBe('别处都退出了，只有这一处还登录着。')
  expect(shown.findAll('.places button')).toHaveLength(0)
})

test('what is held shows volunteering only where there is some', async () => {
  the_server_says({
    'GET /api/my/session': [{ body: session('word') }],
    'GET /api/my/people': [{ body: { items: [masked], next: null } }],
    'GET /api/my/people/pe_1/looks': [{ body: { items: [], next: null } }],
    'POST /api/my/people/pe_1/look': [{ body: facts }, { body: { ...facts, volunteering } }],
  })
  await open('/my/people/pe_1')
  await press('看全部内容')
  expect(shown.text()).toContain('王示例')
  expect(shown.text()).not.toContain('志愿服务')
  await press('看好了，收起来')
  await press('看全部内容')
  expect(shown.text()).toContain('志愿服务')
  expect(shown.text()).toContain('理发、陪伴')
  expect(shown.text()).toContain('示例中心')
})

async function cards(taken: PersonExport) {
  the_server_says({ 'GET /api/my/session': [{ body: session('word') }], 'POST /api/my/people/pe_1/export': [{ body: taken }] })
  await open('/my/people/pe_1/take')
  await press('取出来')
  return Object.fromEntries(shown.findAll('.ui-card').map((card) => [card.get('h2').text(), card.text()]))
}

test('a copy to read has no card for what there is nothing of', async () => {
  expect(Object.keys(await cards(copy()))).toEqual(['我们记了什么', '谁看过'])
})

test('a copy to read shows all that the file has', async () => {
  const mandate: MandateView = {
    id: 'md_1', side: 'giver', state: 'active', scope: 'matters', person: { id: 'pe_1', name: '王*' }, agent: { id: 'pe_2', name: '李*' }, consent: 'in_person',
    given_at: soon, given_by: { name: '林示例', post: { zh: '窗口', en: 'Window' } }, began_at: soon, until: '2027-11-23T16:00:00Z', ended_at: null, ended_how: null, ended_by: null,
  }
  const membership = { branch: 'or_1', branch_name: '中共示例镇示例村支部委员会', kind: 'full' as const, joined_on: '1998-07-01' }
  const found = await cards(copy({
    facts: { ...facts, volunteering }, membership,
    merged: [{ facts: { ...facts, id: 'pe_7', name: '王示列', phone: null, volunteering: { ...volunteering, skills: ['digital'] } }, membership: { ...membership, kind: 'probationary' }, recorded_at: '2024-03-05T02:00:00Z', merged_at: '2025-03-05T02:00:00Z' }],
    mandates: [mandate, { ...mandate, id: 'md_2', side: 'agent', state: 'ended', person: { id: 'pe_3', name: '赵*' }, ended_at: soon, ended_how: 'expired' }], mandates_left_out: true,
  }))
  expect(Object.keys(found)).toEqual(['我们记了什么', '志愿服务', '党员组织关系', '另一份登记，2025年3月5日 合到一起', '替人办事', '谁看过'])
  expect(found['志愿服务']).toContain('310000000001')
  expect(found['党员组织关系']).toContain('中共示例镇示例村支部委员会')
  expect(found['党员组织关系']).toContain('1998年7月1日')
  const merged = found['另一份登记，2025年3月5日 合到一起']
  for (const words of ['王示列', '手机电脑', '预备党员', '2024年3月5日']) expect(merged).toContain(words)
  for (const words of ['这里列了最近的 2 项', '李*可以替你办事', '林示例 窗口', '你可以替赵*办事', '到期了']) expect(found['替人办事']).toContain(words)
})
