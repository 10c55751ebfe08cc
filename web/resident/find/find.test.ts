import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { pretend_server } from '@shared/api/pretend_server'
import FindPage from './FindPage.vue'
import PrecheckPage from './PrecheckPage.vue'

const both = (zh: string, en: string) => ({ zh, en })
const row = (key: string, zh: string) => ({ key, name: both(zh, key), summary: both('摘要', 'Summary'), audience: null, life_event: null, at_a_hall: true })
const question = (key: string, ask: string, ...answers: string[]) => ({ key, ask: both(ask, key), help: null, answers: answers.map((each) => ({ key: each, text: both(each, each) })) })
const paper = (key: string, zh: string, more = {}) => ({ key, name: both(zh, key), note: both('说明', 'Note'), example: null, from_home: false, may_follow: false, ...more })
const outcome = {
  bring: [paper('letter', '介绍信', { example: both('盖章的', 'With a seal') }), paper('lease', '租房合同', { from_home: true, may_follow: true })],
  trip_needed: true, trip: both('要看原件', 'The original'), promised_working_days: 5, legal: { working_days: 30, source: both('条例', 'Regulation') },
  declaration: null, finds_branch: true, from_phone: true,
  taken_at: [{ hall: 'hl_1', service: 'transfer', venue: both('中心', 'Centre'), address: both('示例路 1 号', '1 Sample Road'), open: true, today: [{ opens: '09:00', closes: '17:00' }], minutes: 10 }],
}
const precheck = (next: unknown, end: unknown = null, answered: unknown[] = []) => ({ matter: 'transfer', name: both('转入', 'Transfer'), answered, next, outcome: end })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
let router: Router
let asked: URL[]

beforeEach(() => {
  server = pretend_server()
  asked = []
  const answer = globalThis.fetch
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url))
    return answer(request)
  })
})
afterEach(() => {
  shown.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(path: string) {
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/find', component: FindPage }, { path: '/matters/:matter/check', component: PrecheckPage, props: true },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView)) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const link = (words: string) => shown.findAll('a').find((each) => each.text().includes(words))!
async function follow(words: string) {
  await link(words).trigger('click')
  await flushPromises()
}
const status = () => shown.get('[role=status]').text()

test('words are asked for once the typing pauses, and stand in the address', async () => {
  server.answers['GET /api/matters'] = [{ body: { items: [row('transfer', '党员组织关系转入'), row('visit', '上门')], next: null } }]
  await open('/find')
  expect(shown.get('h1').text()).toBe('你想办什么事？')
  expect(asked).toHaveLength(0)
  vi.useFakeTimers()
  await shown.get('input').setValue('zz')
  await shown.get('input').setValue('zzgx ')
  await vi.advanceTimersByTimeAsync(400)
  vi.useRealTimers()
  await flushPromises()
  expect(asked).toHaveLength(1)
  expect(asked[0]!.searchParams.get('words')).toBe('zzgx')
  expect(router.currentRoute.value.query).toEqual({ words: 'zzgx' })
  expect(status()).toBe('找到 2 件')
  expect(link('党员组织关系转入').attributes('href')).toBe('/matters/transfer')
})

test('what has happened leads to what is done then', async () => {
  server.answers['GET /api/matters'] = [{ body: { items: [row('transfer', '党员组织关系转入')], next: null } }]
  await open('/find')
  await follow('搬家')
  expect(asked[0]!.searchParams.get('life_event')).toBe('moving')
  expect(shown.get('h2').text()).toBe('搬家、换工作')
  expect(status()).toBe('找到 1 件')
})

test('where nothing is found a person is', async () => {
  server.answers['GET /api/matters'] = [{ body: { items: [], next: null } }]
  await open('/find?words=%E7%A6%BB%E5%A9%9A')
  expect(shown.get('input').element.value).toBe('离婚')
  expect(status()).toBe('没有找到这样的事')
  expect(link('12345').attributes('href')).toBe('tel:12345')
})

test('one question a page, then what to bring', async () => {
  server.answers['GET /api/matters/transfer/precheck'] = [
    { body: precheck(question('from', '从哪里来？', 'near', 'far')) },
    { body: precheck(question('by', '怎么转？', 'system', 'paper'), null, [{ question: 'from', ask: both('从哪里来？', ''), answer: { key: 'far', text: both('远', 'Far') } }]) },
    { body: precheck(null, outcome, [{ question: 'from', ask: both('从哪里来？', ''), answer: { key: 'far', text: both('远', 'Far') } }, { question: 'by', ask: both('怎么转？', ''), answer: { key: 'paper', text: both('纸', 'Paper') } }]) },
  ]
  await open('/matters/transfer/check')
  expect(shown.get('h1').text()).toBe('从哪里来？')
  expect(link('上一步').attributes('href')).toBe('/matters/transfer')
  await follow('far')
  expect(asked[1]!.searchParams.get('answers')).toBe('from:far')
  expect(shown.get('h1').text()).toBe('怎么转？')
  expect(document.activeElement).toBe(shown.get('h1').element)
  expect(link('上一步').attributes('href')).toBe('/matters/transfer/check')
  await follow('paper')
  expect(asked[2]!.searchParams.get('answers')).toBe('from:far,by:paper')
  expect(link('上一步').attributes('href')).toBe('/matters/transfer/check?from=far')
  expect(shown.get('h1').text()).toBe('来一趟就够')
  for (const words of ['要看原件', '介绍信', '什么样的算好：盖章的', '拍照发来就行', '可以后补', '5 个工作日', '最多 30 个工作日（条例）', '示例路 1 号', '你是这样答的'])
    expect(shown.text()).toContain(words)
  expect(link('我属于哪个支部').attributes('href')).toBe('/branch')
  expect(link('在手机上填').attributes('href')).toBe('/apply/transfer?from=far&by=paper')
})

test('who need not come is told so, and by the way back the answers are there', async () => {
  server.answers['GET /api/matters/transfer/precheck'] = [{ body: precheck(null, { ...outcome, trip_needed: false, trip: both('系统里转', 'By the system'), bring: [], taken_at: [] }) }]
  await open('/matters/transfer/check?from=near')
  expect(asked[0]!.searchParams.get('answers')).toBe('from:near')
  expect(shown.get('h1').text()).toBe('不用跑这一趟')
  expect(shown.text()).toContain('什么都不用带。')
  expect(shown.text()).toContain('请到导办台说一声')
})

test('a matter that is gone says so', async () => {
  server.answers['GET /api/matters/flying/precheck'] = [{ status: 404, body: { code: 'no_such_matter', title: '没有', status: 404 } }]
  await open('/matters/flying/check')
  expect(shown.get('h1').text()).toBe('没有找到这件事')
  expect(link('找要办的事').attributes('href')).toBe('/find')
})
