import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { Role } from '@shared/api/types'
import { forget_all, person_seen } from '../people/people'
import { signed_in } from '../session'
import VolunteersPage from './VolunteersPage.vue'

const soon = '2026-11-24T09:00:00Z'
const text = (zh: string) => ({ zh, en: zh })
const organisation = { id: 'or_1', kind: 'branch', parent: null, name: text('示例支部'), official_name: null, below: 0, version: 1 }
const volunteer = (id: string, name: string) => ({
  person: { id, version: 1, name, phone: '000****0027', identity_number: null, erased: false }, skills: ['haircuts', 'care'], since: '2020-03-05',
})
const find = 'POST /api/volunteers/find'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  signed_in(null)
  forget_all()
  vi.unstubAllGlobals()
})

async function open(role: Role, answers: Record<string, Said[]> = {}, venue: string | null = 've_1') {
  server.answers = {
    'GET /api/venues': [{ body: { items: [{ venue: { id: 've_1', name: text('示例中心') } }], next: null } }],
    'GET /api/organisations': [{ body: { items: [organisation], next: null } }], 'GET /api/organisations/or_1': [{ body: organisation }], ...answers,
  }
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles: [role], post: text('窗口'), csrf: 'word', venue, expires_at: soon })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<p />' } }] })
  shown = mount(VolunteersPage, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function choose(words: string) {
  await shown.findAll('label').find((each) => each.text() === words)!.get('input').setValue(true)
  await flushPromises()
}
async function press() {
  await shown.get('form').trigger('submit')
  await flushPromises()
}
const bodies = () => server.asked.filter((each) => each.what === find).map((each) => each.body)

test('whose post arranges nothing is told so, and nothing is asked', async () => {
  await open('branch_secretary')
  expect(shown.get('h1').text()).toBe('这一页给窗口人员、站点管理员和中心主任用')
  expect(server.asked).toEqual([])
})

test('volunteers of a venue are seen with a purpose, page by page, and lead to their records', async () => {
  await open('window_officer', { [find]: [{ body: { items: [volunteer('pe_1', '张*')], next: 'c1' } }, { body: { items: [volunteer('pe_2', '李*')], next: null } }] })
  await press()
  expect(bodies()).toEqual([])
  expect(shown.get('[role=alert]').text()).toContain('请选一个原因')
  await choose('安排志愿服务')
  await press()
  await shown.findAll('button').find((each) => each.text() === '再看一些')!.trigger('click')
  await flushPromises()
  expect(bodies()).toEqual([{ venue: 've_1', purpose: '安排志愿服务', limit: 20 }, { venue: 've_1', purpose: '安排志愿服务', cursor: 'c1', limit: 20 }])
  expect(shown.get('#found').text()).toBe('示例中心的志愿者')
  expect(shown.get('a[href="/people/pe_1"]').text()).toBe('张*')
  expect(shown.text()).toContain('特长：理发、陪伴')
  expect(shown.text()).toContain('2020年3月5日 开始')
  expect(shown.findAll('.list li')).toHaveLength(2)
  expect(person_seen('pe_2')?.name).toBe('李*')
})

test('of an organisation it is chosen from the tree; a station keeper sees the list and opens no record', async () => {
  await open('station_keeper', { [find]: [{ body: { items: [volunteer('pe_1', '张*')], next: null } }] }, null)
  await choose('联系志愿者参加活动')
  await press()
  expect(shown.text()).toContain('请选一个场所。')
  await choose('一个组织的')
  await press()
  expect(shown.text()).toContain('请选一个组织。')
  expect(bodies()).toEqual([])
  await shown.findAll('button.name').find((each) => each.text().startsWith('示例支部'))!.trigger('click')
  await press()
  expect(bodies()).toEqual([{ organisation: 'or_1', purpose: '联系志愿者参加活动', limit: 20 }])
  expect(shown.get('#found').text()).toBe('示例支部的志愿者')
  expect(shown.find('a[href="/people/pe_1"]').exists()).toBe(false)
})

test('nobody on record there is said', async () => {
  await open('centre_manager', { [find]: [{ body: { items: [], next: null } }] })
  await choose('安排志愿服务')
  await press()
  expect(shown.text()).toContain('这里没有登记志愿者。')
})
