import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import AuditPage from './AuditPage.vue'
import { act_of } from './acts'

const line = (more: object) => ({ at: '2026-11-24T01:00:00Z', staff: { id: 'st_7', name: '林示例' }, action: 'look_at_person', subjects: ['pe_1'], purpose: '上门', allowed: true, ...more })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  vi.unstubAllGlobals()
})

async function open(...pages: Said['body'][]) {
  server.answers = { 'POST /api/audit/read': pages.map((page) => ({ body: page })) }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: AuditPage }] })
  shown = mount(AuditPage, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function ask(purpose: string) {
  await shown.get('input[type=text]').setValue(purpose)
  await shown.get('form').trigger('submit')
  await flushPromises()
}
async function press(words: string) {
  await shown.findAll('button').find((each) => each.text() === words)!.trigger('click')
  await flushPromises()
}
const bodies = () => server.asked.map((each) => each.body)

test('nothing is read before it is said what for', async () => {
  await open()
  await ask('  ')
  expect(bodies()).toEqual([])
  expect(shown.get('[role=alert]').text()).toBe('请写明为什么核查。')
})

test('a line leads to all that its officer did, and to all looks at its person', async () => {
  await open({ items: [line({}), line({ staff: null, action: 'look_at_self', purpose: '' }), line({ allowed: false })], next: 'more' },
    { items: [line({ purpose: '再早' })], next: null }, { items: [line({})], next: null }, { items: [], next: null })
  await ask('年度检查')
  expect(shown.text()).toContain('居民本人')
  expect(shown.findAll('em').map((each) => each.text())).toEqual(['没有让看'])
  await press('再往前看')
  expect(shown.findAll('ol li')).toHaveLength(4)
  await press('林示例')
  expect(shown.get('h2').text()).toBe('只看林示例 做的')
  await press('pe_1')
  expect(shown.get('h2').text()).toBe('只看居民 pe_1 的')
  expect(shown.text()).toContain('没有这样的记录')
  const asked = { purpose: '年度检查', limit: 50 }
  expect(bodies()).toEqual([asked, { ...asked, cursor: 'more' }, { ...asked, staff: 'st_7' }, { ...asked, person: 'pe_1' }])
})

test('an act that the page does not know yet keeps its name', () => {
  expect(act_of('look_at_person')).toBe('看了全部内容')
  expect(act_of('look_at_the_moon')).toBe('look_at_the_moon')
})
