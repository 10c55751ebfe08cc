import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server } from '@shared/api/pretend_server'
import { city, keep_way, way } from './city'
import { AddPage, CityReturn, MyDoor, PeoplePage, TakePage } from './pages'
import { phone } from './phone'
import { ask_again } from './session'

const soon = '2026-11-24T09:00:00Z'
const session = { csrf: 'word', expires_at: soon, fresh_until: soon, account: 'city' }
const masked = { id: 'pe_1', version: 1, name: '王*', phone: null, identity_number: null, erased: false }
const refusal = (code: string) => ({ code, title: code, detail: `${code} 怎么办` })
const nobody = { 'GET /api/my/session': [{ status: 401, body: refusal('not_signed_in') }] }
const people = { 'GET /api/my/people': [{ body: { items: [masked], next: null } }], 'GET /api/my/session/all': [{ body: { items: [], next: null } }] }

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
let gone_to: string[]

beforeEach(() => {
  server = pretend_server()
  gone_to = []
  vi.spyOn(window.location, 'assign').mockImplementation((address) => { gone_to.push(String(address)) })
  city.data.value = { name: { zh: '市民账号', en: 'city account' } }
})
afterEach(() => {
  shown.unmount()
  ask_again()
  phone.value = ''
  city.data.value = null
  sessionStorage.clear()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function open(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { template: '<p />' } },
      { path: '/my/city', component: CityReturn },
      {
        path: '/my', component: MyDoor, children: [
          { path: '', component: PeoplePage },
          { path: 'add', component: AddPage },
          { path: 'people/:person/take', component: TakePage, props: true },
        ],
      },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
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
const said_to = (what: string) => server.asked.filter((each) => each.what === what).map((each) => each.body)

test('the door offers it where the town has it, and leads to the page of the provider', async () => {
  server.answers = { ...nobody, 'POST /api/my/city': [{ status: 409, body: refusal('city_account_away') }, { body: { address: 'https://city.example/sign-in?a', expires_at: soon } }] }
  await open('/my/add')
  await press('用市民账号登录')
  expect(shown.get('[role=alert]').text()).toContain('city_account_away 怎么办')
  expect(gone_to).toEqual([])
  await press('用市民账号登录')
  expect(gone_to).toEqual(['https://city.example/sign-in?a'])
  expect(said_to('POST /api/my/city')).toEqual([{ anew: false }, { anew: false }])
  expect(way()).toBe('/my/add')
})

test('the door asks whether there is one', async () => {
  city.data.value = null
  server.answers = { ...nobody, 'GET /api/my/city': [{ body: { name: { zh: '市民账号', en: 'city account' } } }] }
  await open('/my')
  expect(shown.findAll('button').map((each) => each.text())).toContain('用市民账号登录')
})

test('the door says nothing of it where there is none', async () => {
  city.data.value = null
  server.answers = { ...nobody, 'GET /api/my/city': [{ body: { name: null } }] }
  await open('/my')
  expect(shown.text()).not.toContain('账号')
})

test('what comes back is taken out of the address, sent, and leads on', async () => {
  keep_way('/my/add')
  server.answers = { 'POST /api/my/city/session': [{ body: session }] }
  const router = await open('/my/city?code=c&state=s&iss=https%3A%2F%2Fcity.example')
  expect(said_to('POST /api/my/city/session')).toEqual([{ code: 'c', state: 's', iss: 'https://city.example' }])
  expect(router.currentRoute.value.fullPath).toBe('/my/add')
  expect(way()).toBe('/my')
})

test.each([
  ['error=access_denied&state=s', '没有登录', '没有关系'],
  ['error=server_error&state=s', '这次没有登录成功', '那边没有让登录继续'],
  ['error=access_denied&state=s&code=c', '没有登录', '没有关系'],
])('%s: nothing is sent, and both ways are offered', async (query, title, words) => {
  server.answers = nobody
  const router = await open(`/my/city?${query}`)
  expect(heading()).toBe(title)
  expect(shown.get('[role=alert]').text()).toContain(words)
  expect(shown.findAll('button').map((each) => each.text())).toContain('用市民账号登录')
  expect(shown.text()).toContain('用手机验证码登录')
  expect(server.asked).toEqual([])
  expect(router.currentRoute.value.fullPath).toBe('/my/city')
})

test('a sign-in that is over is said so; whoever is in by it already goes on', async () => {
  server.answers = { ...nobody, 'POST /api/my/city/session': [{ status: 409, body: refusal('city_sign_in_gone') }] }
  await open('/my/city?code=c&state=s')
  expect(heading()).toBe('这次没有登录成功')
  expect(shown.get('[role=alert]').text()).toContain('city_sign_in_gone 怎么办')
  shown.unmount()
  ask_again()
  server.answers = { ...people, 'GET /api/my/session': [{ body: session }], 'POST /api/my/city/session': [{ status: 409, body: refusal('city_sign_in_gone') }] }
  const router = await open('/my/city?code=c&state=s')
  expect(router.currentRoute.value.fullPath).toBe('/my')
})

test('without anything the page leads to the door', async () => {
  server.answers = { ...nobody }
  const router = await open('/my/city')
  expect(router.currentRoute.value.fullPath).toBe('/my')
  expect(server.asked.map((each) => each.what)).not.toContain('POST /api/my/city/session')
})

test('proven too long ago, the account is asked for once more, with its password', async () => {
  server.answers = {
    'GET /api/my/session': [{ body: session }],
    'POST /api/my/people/pe_1/export': [{ status: 403, body: refusal('fresh_code_needed') }],
    'POST /api/my/city': [{ body: { address: 'https://city.example/sign-in?b', expires_at: soon } }],
  }
  await open('/my/people/pe_1/take')
  await press('取出来')
  expect(heading()).toBe('再登录一次，确认是你')
  await press('用市民账号登录')
  expect(said_to('POST /api/my/city')).toEqual([{ anew: true }])
  expect(way()).toBe('/my/people/pe_1/take')
})

test('an earlier record is found with the phone on it', async () => {
  server.answers = {
    ...people,
    'GET /api/my/session': [{ body: session }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/my/people': [{ status: 401, body: refusal('wrong_code') }, { status: 201, body: masked }],
  }
  const router = await open('/my/add')
  await say('王示例')
  await say('0028')
  expect(heading()).toBe('登记时留的手机号是多少？')
  expect(said_to('POST /api/my/people')).toEqual([])
  await say('13800138000')
  await say('111111')
  expect(shown.get('[role=alert]').text()).toContain('wrong_code 怎么办')
  await say('123456')
  expect(said_to('POST /api/my/people').at(-1)).toEqual({ name: '王示例', last_four: '0028', phone: '13800138000', code: '123456' })
  expect(said_to('POST /api/my/session')).toEqual([])
  expect(router.currentRoute.value.fullPath).toBe('/my/people/pe_1')
})

test('mistyped last four are put right without another message', async () => {
  server.answers = {
    ...people,
    'GET /api/my/session': [{ body: session }],
    'POST /api/my/codes': [{ status: 204 }],
    'POST /api/my/people': [{ status: 409, body: refusal('not_on_record') }, { status: 409, body: refusal('not_on_record') }, { status: 401, body: refusal('wrong_code') }, { status: 201, body: masked }],
  }
  const router = await open('/my/add')
  await say('王示例')
  await say('0082')
  await say('13800138000')
  await say('123456')
  expect(shown.get('[role=alert]').text()).toContain('not_on_record 怎么办')
  await shown.findAll('a').find((each) => each.text().startsWith('后四位填错了'))!.trigger('click')
  await flushPromises()
  expect(heading()).toBe('身份证最后四位是什么？')
  await say('0092')
  expect(shown.get('[role=alert]').text()).toContain('not_on_record 怎么办')
  expect(said_to('POST /api/my/codes')).toHaveLength(1)
  await say('0028')
  // The code has had its tries: another one is sent.
  expect(heading()).toBe('登记时留的手机号是多少？')
  await say('13800138000')
  await say('654321')
  expect(said_to('POST /api/my/people').map((each) => (each as { last_four: string; code: string }).last_four + (each as { code: string }).code)).toEqual(['0082123456', '0092123456', '0028123456', '0028654321'])
  expect(router.currentRoute.value.fullPath).toBe('/my/people/pe_1')
})

test('signed out, one is told that the provider may still know them', async () => {
  server.answers = { ...people, 'GET /api/my/session': [{ body: session }], 'DELETE /api/my/session': [{ status: 204 }] }
  await open('/my')
  await press('退出登录')
  expect(shown.get('[role=status]').text()).toContain('市民账号那边多半还登录着')
  expect(shown.get('[role=status]').text()).not.toContain('别人看不到')
})

test('only a page of one\'s own is gone on to', () => {
  for (const path of ['https://other.example/', '//other.example', '/console/', '/my/../console', '/myth', '/my/people/pe_1?a=b']) {
    keep_way(path)
    expect(way()).toBe('/my')
  }
  keep_way('/my/people/pe_1/erase')
  expect(way()).toBe('/my/people/pe_1/erase')
})
