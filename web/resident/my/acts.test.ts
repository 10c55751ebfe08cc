import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { MandateView } from '@shared/api/types'
import { MandatesPage, MyDoor, OfferPage } from './pages'
import { phone } from './phone'
import { ask_again } from './session'

const soon = '2026-11-24T09:00:00Z'
const before = new Date(Date.now() - 1_000).toISOString()
const later = new Date(Date.now() + 14 * 60_000).toISOString()
const session = (fresh_until: string, account = 'phone') => ({ csrf: 'word', expires_at: later, fresh_until, account })
const refusal = (code: string) => ({ code, title: code, detail: `${code} 怎么办` })
const mandate = (more: Partial<MandateView>): MandateView => ({
  id: 'md_1', side: 'giver', state: 'active', scope: 'matters', person: { id: 'pe_1', name: '王*' }, agent: { id: 'pe_2', name: '李*' }, consent: 'own_phone',
  given_at: soon, given_by: null, began_at: soon, until: '2027-11-23T16:00:00Z', ended_at: null, ended_how: null, ended_by: null, ...more,
})

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  ask_again()
  phone.value = ''
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

async function open(path: string, wanted: Record<string, Said[]>) {
  server.answers = { 'GET /api/my/city': [{ body: { name: null } }], 'GET /api/my/session': [{ body: session(later) }], ...wanted }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      {
        path: '/my', component: MyDoor, children: [
          { path: 'people/:person/mandates', component: MandatesPage, props: true },
          { path: 'people/:person/mandates/new', component: OfferPage, props: true },
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
  const button = shown.findAll('button').find((each) => each.text() === words)
  if (!button) throw new Error(`no button “${words}” in: ${shown.text()}`)
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
async function say(words: string) {
  await shown.get('input').setValue(words)
  await shown.get('form').trigger('submit')
  await flushPromises()
}
const heading = () => shown.get('h1').text()
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('what one is asked is accepted by one press, and declined by two', async () => {
  const offered = mandate({ id: 'md_2', side: 'agent', state: 'offered', person: { id: 'pe_9', name: '赵*' }, agent: null })
  await open('/my/people/pe_1/mandates', {
    'GET /api/my/people/pe_1/mandates': [{ body: { items: [offered], next: null } }, { body: { items: [{ ...offered, state: 'active' }], next: null } }],
    'POST /api/my/people/pe_1/mandates/md_2/accept': [{ status: 409, body: refusal('too_many_mandates') }, { body: { ...offered, state: 'active' } }],
    'POST /api/my/people/pe_1/mandates/md_2/end': [{ body: { ...offered, state: 'ended' } }],
  })
  expect(shown.text()).toContain('赵*请你替他办事')
  await press('好，我来替他办')
  expect(shown.get('[role=alert]').text()).toContain('too_many_mandates 怎么办')
  await press('好，我来替他办')
  expect(shown.get('[role=status]').text()).toBe('接受了。从现在起，你可以替他办事。')
  expect(shown.text()).toContain('你可以替赵*办事')
  await press('不再替他办')
  expect(asked('POST /api/my/people/pe_1/mandates/md_2/end')).toHaveLength(0)
  expect(shown.text()).toContain('确定吗？马上结束。')
  await press('不再替他办')
  expect(asked('POST /api/my/people/pe_1/mandates/md_2/end')).toHaveLength(1)
  expect(shown.get('[role=status]').text()).toBe('结束了。从现在起，你不再替他办事。')
})

test('somebody is asked by their phone and number, and nobody is looked up', async () => {
  await open('/my/people/pe_1/mandates/new', { 'POST /api/my/people/pe_1/mandates': [{ status: 409, body: refusal('mandate_for_oneself') }, { status: 201, body: mandate({ state: 'offered', agent: null }) }] })
  await say('12')
  expect(shown.get('[role=alert]').text()).toBe('请填手机号，5 到 20 位数字。')
  await say('138 0013 8000')
  expect(heading()).toBe('他身份证的最后四位是什么？')
  await say('12')
  expect(shown.get('[role=alert]').text()).toBe('请填最后四位，末位可能是 X。')
  await say('００4x')
  expect(heading()).toBe('让他替你办到哪一天？')
  await shown.findAll('button').find((each) => each.text().startsWith('一年'))!.trigger('click')
  await flushPromises()
  expect(heading()).toBe('这样对吗？')
  expect(shown.text()).toContain('看你的信息，更正、带走或者删除。')
  await press('对，请他替我办')
  expect(shown.get('[role=alert]').text()).toContain('mandate_for_oneself 怎么办')
  await press('对，请他替我办')
  expect(asked('POST /api/my/people/pe_1/mandates')[0]!.body).toMatchObject({ phone: '13800138000', last_four: '004X' })
  expect(heading()).toBe('请好了，等他接受')
  expect(shown.text()).toContain('138 0013 8000')
})

test('who proved themselves long ago does so before the questions', async () => {
  await open('/my/people/pe_1/mandates/new', {
    'GET /api/my/session': [{ body: session(before) }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/my/session': [{ body: session(later) }],
  })
  expect(heading()).toBe('你的手机号是多少？')
  await say('13800138000')
  await say('123456')
  expect(heading()).toBe('请谁替你办事？他的手机号是多少？')
})
