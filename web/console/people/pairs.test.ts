// What is between two records: one human being recorded twice, and somebody who acts for somebody else.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { MandateView, MergeView, Role, SessionView } from '@shared/api/types'
import { signed_in } from '../session'
import { MandatePage, MergePage, PersonPage } from './pages'
import { forget_all, looked_at, remember } from './people'

const soon = '2026-11-24T09:00:00Z'
const officer = { name: '林示例', post: { zh: '窗口', en: 'Window' } }
const facts = { id: 'pe_1', version: 3, name: '张示例', phone: '00000000027', identity_number: '00000019610512004X', birth_date: null, address: null, volunteering: null }
const first = { id: 'pe_1', version: 3, name: '张*', phone: '000****0027', identity_number: '**************004X', erased: false }
const second = { id: 'pe_2', version: 7, name: '章*', phone: '000****0035', identity_number: null, erased: false }
const refusal = (code: string) => ({ code, title: code, detail: `${code} 怎么办` })
const mandate: MandateView = {
  id: 'md_1', side: 'giver', state: 'active', scope: 'matters', person: { id: 'pe_1', name: '张*' }, agent: { id: 'pe_2', name: '章*' }, consent: 'in_person',
  given_at: soon, given_by: officer, began_at: soon, until: '2027-11-23T16:00:00Z', ended_at: null, ended_how: null, ended_by: null,
}
const merge: MergeView = {
  id: 'mr_1', person: 'pe_2', name: '章*', into: 'pe_1', into_name: '张*', reason: 'another_name', merged_at: soon, merged_by: officer, undone_at: null, undone_by: null, may_be_undone: true,
}

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  forget_all()
  vi.unstubAllGlobals()
})

async function open(path: string, role: Role, wanted: Record<string, Said[]> = {}) {
  server.answers = wanted
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: [role], post: officer.post, csrf: 'word', venue: null, expires_at: soon } satisfies SessionView)
  await flushPromises()
  remember(first)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/people/:person', component: PersonPage, props: true },
      { path: '/people/:person/merge', component: MergePage, props: true },
      { path: '/people/:person/mandates/new', component: MandatePage, props: true },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return router
}
async function press(words: string) {
  const button = shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)
  if (!button) throw new Error(`no button “${words}” in: ${shown.text()}`)
  const form = button.attributes('type') === 'submit' ? button.element.closest('form') : null
  if (form) form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  else await button.trigger('click')
  await flushPromises()
}
async function find(words: string) {
  await shown.get('form input:not([type=radio])').setValue(words)
  await shown.get('form').trigger('submit')
  await flushPromises()
}
async function choose(words: string) {
  const label = shown.findAll('label').find((each) => each.text().startsWith(words))
  if (!label) throw new Error(`no choice “${words}” in: ${shown.text()}`)
  await label.get('input').setValue(true)
}
const heading = () => shown.get('h1').text()
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('two records are compared, masked and in full, and one stands for both', async () => {
  const router = await open('/people/pe_1/merge', 'window_officer', {
    'POST /api/people/find': [{ body: { items: [first, second], next: null } }],
    'POST /api/people/pe_1/look': [{ body: facts }],
    'POST /api/people/pe_2/look': [{ body: { ...facts, id: 'pe_2', version: 7, name: '章示例', identity_number: null } }],
    'POST /api/people/pe_1/merge': [{ status: 409, body: refusal('too_many_mandates') }, { body: { ...second, version: 8 } }],
  })
  expect(heading()).toBe('张*的另一份登记在哪里？')
  await find('示例')
  expect(asked('POST /api/people/find')[0]!.body).toMatchObject({ name: '示例', purpose: '核对是不是同一个人登记了两份' })
  expect(shown.findAll('li').map((each) => each.text()).join()).not.toContain('张*') // not itself
  await press('跟这一份比一比：章* 手机 000****0035')
  expect(heading()).toBe('是同一个人吗？')
  expect(shown.findAll('tbody tr').map((each) => each.text())).toEqual(['姓名不一样张*章*', '身份证号码只有一份有…004X没有登记', '手机号不一样000****0027000****0035'])
  await press('两份都看全部内容')
  expect(asked('POST /api/people/pe_2/look')[0]!.body).toEqual({ purpose: '核对是不是同一个人登记了两份' })
  expect(shown.text()).toContain('章示例')
  await press('继续')
  expect(shown.get('[role=alert]').text()).toBe('请选以哪一份为准。')
  await choose('找到的另一份')
  await press('继续')
  expect(shown.get('[role=alert]').text()).toBe('请选怎么会有两份。')
  await choose('改过名字')
  await press('继续')
  expect(heading()).toBe('确定合成一份吗？')
  expect(shown.text()).toContain('以找到的另一份（章示例）为准')
  await press('是同一个人，合成一份')
  expect(shown.get('[role=alert]').text()).toContain('too_many_mandates 怎么办')
  await press('是同一个人，合成一份')
  expect(asked('POST /api/people/pe_1/merge').at(-1)).toMatchObject({ version: '"3"', body: { into: 'pe_2', into_version: 7, reason: 'another_name' } })
  expect(router.currentRoute.value.path).toBe('/people/pe_2')
  expect(shown.get('[role=status]').text()).toBe('合成一份了。')
  expect(looked_at.value).toBeNull()
})

test('two identity numbers are not merged, and it says what to do', async () => {
  await open('/people/pe_1/merge', 'window_officer', { 'POST /api/people/find': [{ body: { items: [{ ...second, identity_number: '**************0032' }], next: null } }] })
  await find('0032')
  await press('跟这一份比一比：章* 手机 000****0035 身份证尾号 0032')
  expect(shown.text()).toContain('身份证号码不一样，可能是两个人，合不了')
  expect(shown.find('fieldset').exists()).toBe(false)
  expect(shown.findAll('a').map((each) => each.attributes('href'))).toEqual(expect.arrayContaining(['/people/pe_1', '/people/pe_2']))
})

test('a greeter who may not is told who may', async () => {
  await open('/people/pe_1/merge', 'greeter', {
    'POST /api/people/find': [{ body: { items: [second], next: null } }],
    'POST /api/people/pe_2/merge': [{ status: 403, body: refusal('not_allowed') }],
  })
  await find('示例')
  await press('跟这一份比一比：章* 手机 000****0035')
  await choose('打开的这一份')
  await choose('窗口登记了两次')
  await press('继续')
  await press('是同一个人，合成一份')
  expect(shown.get('[role=alert]').text()).toContain('要请窗口人员来办')
})

test('what was merged is seen with a purpose, and taken apart with the version that was seen', async () => {
  await open('/people/pe_1', 'window_officer', {
    'POST /api/people/pe_1/merges': [{ body: { items: [merge, { ...merge, id: 'mr_2', may_be_undone: false }], next: null } }],
    'POST /api/people/pe_2/unmerge': [{ status: 409, body: refusal('same_identity_number') }, { body: { person: second, taken_from: { ...first, version: 9 } } }],
  })
  await press('看看合过哪些')
  expect(server.asked).toEqual([])
  await press('看看合过哪些')
  expect(shown.get('[role=alert]').text()).toContain('请选一个原因')
  await choose('本人要求核对或更正')
  await press('看看合过哪些')
  expect(asked('POST /api/people/pe_1/merges')[0]!.body).toMatchObject({ purpose: '本人要求核对或更正' })
  expect(shown.text()).toContain('章*的登记，合到了张*的登记里')
  expect(shown.text()).toContain('后来又合到了另一份里') // the one that comes later goes first
  expect(shown.findAll('button').filter((each) => each.text() === '合错了，拆开')).toHaveLength(1)
  await press('合错了，拆开')
  await press('确定拆开')
  expect(shown.get('[role=alert]').text()).toContain('same_identity_number 怎么办')
  await press('确定拆开')
  expect(asked('POST /api/people/pe_2/unmerge').at(-1)).toMatchObject({ version: '"3"' })
  expect(shown.get('[role=status]').text()).toContain('拆开了')
  expect(shown.get('[role=status] a').attributes('href')).toBe('/people/pe_2')
})

test('the address of a record that was merged leads to the one that stands for it', async () => {
  const router = await open('/people/pe_2', 'greeter', { 'POST /api/people/pe_2/look': [{ body: facts }] })
  await choose('本人来办事')
  await press('查看全部内容')
  expect(router.currentRoute.value.path).toBe('/people/pe_1')
  expect(shown.text()).toContain('张示例')
})

test('who may act for whom is seen by all who serve, and ended at a window', async () => {
  const ended = { ...mandate, state: 'ended' as const, ended_at: soon, ended_how: 'revoked' as const, ended_by: officer }
  const answers = {
    'POST /api/people/pe_1/mandates/look': [{ body: { items: [mandate, { ...mandate, id: 'md_2', side: 'agent' as const, state: 'offered' as const, agent: null, consent: 'own_phone' as const, given_by: null }], next: null } }],
    'POST /api/people/pe_1/mandates/md_1/end': [{ body: ended }],
  }
  await open('/people/pe_1', 'greeter', answers)
  await choose('本人来办事')
  await press('看看谁可以替谁办事')
  expect(shown.text()).toContain('章*可以替本人办事')
  expect(shown.text()).toContain('到 2027年11月23日为止')
  expect(shown.text()).not.toContain('结束这项委托')
  expect(shown.text()).not.toContain('登记一项委托')
  shown.unmount()
  await open('/people/pe_1', 'window_officer', answers)
  await press('看看谁可以替谁办事')
  await press('结束这项委托')
  await press('确定结束')
  expect(asked('POST /api/people/pe_1/mandates/md_1/end')).toHaveLength(1)
  expect(shown.get('[role=status]').text()).toContain('委托结束了')
  expect(shown.findAll('button').filter((each) => each.text() === '结束这项委托')).toHaveLength(1) // the offer's
})

async function to_consent() {
  looked_at.value = facts
  await flushPromises()
  expect(heading()).toBe('张示例要请谁替自己办事？')
  await find('章示例')
  await press('就是这个人：章* 手机 000****0035')
  expect(heading()).toBe('到哪一天为止？')
  await choose('自己选一天')
  await press('继续')
  expect(shown.get('[role=alert]').text()).toBe('请选到哪一天为止。')
  await choose('两年')
  await press('继续')
  expect(heading()).toBe('张示例是怎么同意的？')
}

test('a mandate is recorded with what the officer saw', async () => {
  const router = await open('/people/pe_1/mandates/new', 'window_officer', {
    'POST /api/people/find': [{ body: { items: [second], next: null } }],
    'POST /api/people/pe_1/mandates': [{ status: 201, body: mandate }],
  })
  expect(shown.text()).toContain('要替谁登记委托，得先看清楚')
  await to_consent()
  await press('继续')
  expect(shown.get('[role=alert]').text()).toBe('请选本人是怎么同意的。')
  await choose('本人在窗口')
  await press('继续')
  expect(heading()).toBe('请跟本人核对一遍')
  expect(shown.text()).toContain('看本人登记的内容')
  await press('记下这项委托')
  expect(asked('POST /api/people/pe_1/mandates')[0]!.body).toMatchObject({ agent: 'pe_2', consent: 'in_person' })
  expect(router.currentRoute.value.path).toBe('/people/pe_1')
  expect(shown.get('[role=status]').text()).toBe('委托记下了，马上有效。')
})

test('or with the code that the phone on record was sent; a wrong one is told', async () => {
  await open('/people/pe_1/mandates/new', 'window_officer', {
    'POST /api/people/find': [{ body: { items: [second], next: null } }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/people/pe_1/mandates': [{ status: 401, body: refusal('wrong_code') }, { status: 201, body: mandate }],
  })
  await to_consent()
  await choose('报手机收到的验证码')
  await press('继续')
  await press('给本人发短信')
  expect(asked('POST /api/my/codes')[0]!.body).toEqual({ phone: facts.phone })
  await find('000 001')
  expect(shown.get('[role=alert]').text()).toContain('wrong_code 怎么办')
  await find('123 456')
  expect(asked('POST /api/people/pe_1/mandates').map((each) => (each.body as { code: string }).code)).toEqual(['000001', '123456'])
  expect(shown.get('[role=status]').text()).toBe('委托记下了，马上有效。')
})
