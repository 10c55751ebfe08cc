import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server } from '@shared/api/pretend_server'
import BranchPage from './BranchPage.vue'

const official = '中共示例镇北社区示例支部委员会'
const north = {
  code: '1', version: 1, name: '北社区', branch: { organisation: 'or_1', name: { zh: '北支部', en: 'North' }, official_name: official },
  venue: { id: 've_1', name: { zh: '北社区站', en: 'North station' }, address: { zh: '示例路 1 号', en: '1 Sample Road' } },
}
const south = { code: '2', version: 1, name: '南社区', branch: null, venue: null }
const houses = { id: 'ar_1', street: '示例路', lane: null, side: 'odd' as const, from: 1, to: 99 }
const understood = { street: '示例路', lane: null, number: 9 }

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
let asked: Request[]

beforeEach(() => {
  server = pretend_server()
  asked = []
  const answer = globalThis.fetch
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request)
    return answer(request)
  })
})
afterEach(() => {
  shown.unmount()
  vi.unstubAllGlobals()
})

async function open(answer: unknown) {
  server.answers['GET /api/address'] = [{ body: answer }]
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/branch', component: BranchPage }, { path: '/:rest(.*)*', component: { template: '<p />' } }] })
  await router.push('/branch')
  shown = mount({ render: () => h('main', h(RouterView)) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function say(words: string) {
  await shown.get('input').setValue(words)
  await shown.get('form').trigger('submit')
  await flushPromises()
}
const heading = () => shown.get('h1').text()
const button = (words: string) => shown.findAll('button').find((each) => each.text().includes(words))!

test('an address leads to the exact name, and it is copied to the letter', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await open({ finding: 'found', understood, candidates: [{ community: north, ranges: [houses] }] })
  expect(heading()).toBe('你住在哪里？')
  await say(' ')
  expect(shown.get('[role=alert]').text()).toBe('请写路名和门牌号。')
  expect(asked).toHaveLength(0)
  await say('示例路 9 号')
  expect(new URL(asked[0]!.url).searchParams.get('text')).toBe('示例路 9 号')
  expect(heading()).toBe('这里是北社区')
  expect(shown.text()).toContain('我们读到的是：示例路 9 号')
  expect(document.activeElement).toBe(shown.get('h1').element)
  expect(shown.text()).toContain(official)
  expect(shown.text()).toContain('北社区站')
  await button('复制全称').trigger('click')
  await flushPromises()
  expect(write).toHaveBeenCalledWith(official)
  expect(shown.get('[role=status]').text()).toBe('复制好了。')
  await button('查另一个地址').trigger('click')
  await flushPromises()
  expect(shown.get('input').element.value).toBe('')
})

test('where too little was said one chooses, and what has no name yet says so', async () => {
  await open({ finding: 'to_choose', understood, candidates: [{ community: north, ranges: [houses] }, { community: south, ranges: [{ ...houses, id: 'ar_2', side: 'even' }] }] })
  await say('示例路')
  expect(heading()).toBe('还差一点，才能确定')
  expect(shown.text()).not.toContain(official)
  expect(shown.text()).toContain('示例路 1–99 号里的单号')
  expect(shown.text()).toContain('我们读到的是：示例路')
  await button('南社区').trigger('click')
  await flushPromises()
  expect(shown.text()).toContain('我们读到的是：示例路')
  expect(heading()).toBe('这里是南社区')
  expect(shown.text()).toContain('请到导办台问一声，有人帮你查')
})

test('what is not known is not guessed', async () => {
  await open({ finding: 'not_known', understood: { street: '没有的路', lane: null, number: 1 }, candidates: [] })
  await say('没有的路 1 号')
  expect(shown.text()).toContain('我们读到的是：没有的路 1 号')
  expect(heading()).toBe('这里还查不到')
  expect(shown.text()).toContain('到导办台问一声')
})
