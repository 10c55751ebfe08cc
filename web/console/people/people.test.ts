import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { Role, SessionView } from '@shared/api/types'
import { signed_in } from '../session'
import { ErasePage, FindPage, PeopleDoor, PersonPage, PhonePage, RecordPage } from './pages'
import { forget_all } from './people'

const soon = '2026-11-24T09:00:00Z'
const facts = { id: 'pe_1', version: 3, name: '张示例', phone: '00000000027', identity_number: '00000019610512004X', birth_date: '1961-05-12', address: null, volunteering: null }
const masked = { id: 'pe_1', version: 3, name: '张*', phone: '000****0027', identity_number: '**************004X', erased: false }
const refusal = (code: string) => ({ code, title: code, detail: `${code} 怎么办` })
const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '林示例' }, roles, post: { zh: '窗口', en: 'Window' }, csrf: 'word', venue: null, expires_at: soon })

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
  signed_in(officer(role))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{
      path: '/people', component: PeopleDoor, children: [
        { path: '', component: FindPage },
        { path: 'new', component: RecordPage },
        { path: ':person', component: PersonPage, props: true },
        { path: ':person/phone', component: PhonePage, props: true },
        { path: ':person/erase', component: ErasePage, props: true },
      ],
    }, { path: '/:rest(.*)*', component: { template: '<p />' } }],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return router
}
async function press(words: string) {
  const button = shown.findAll('button').find((each) => each.text() === words || each.attributes('aria-label') === words)!
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
async function say(words: string) {
  await shown.get('input, textarea').setValue(words)
  await shown.get('form').trigger('submit')
  await flushPromises()
}
async function choose(words: string) {
  await shown.findAll('label').find((each) => each.text() === words)!.get('input').setValue(true)
}
const heading = () => shown.get('h1').text()
const bodies = (what: string) => server.asked.filter((each) => each.what === what).map((each) => each.body)

test('whose post serves nobody is told so, and nothing is asked', async () => {
  await open('/people', 'branch_secretary')
  expect(heading()).toBe('这几页给导办、窗口人员和中心主任用')
  expect(server.asked).toEqual([])
})

test('nobody is found or seen without a purpose, and it is said once', async () => {
  const router = await open('/people', 'greeter', {
    'POST /api/people/find': [{ body: { items: [masked], next: 'c1' } }, { body: { items: [{ ...masked, id: 'pe_2', name: '李*' }], next: null } }],
    'POST /api/people/pe_1/look': [{ body: facts }],
  })
  await say('004x')
  expect(shown.get('[role=alert]').text()).toContain('请选一个原因')
  await choose('别的原因，自己写')
  await say('004x')
  expect(server.asked).toEqual([])
  await shown.findAll('input').at(-1)!.setValue('送回落下的证件')
  await press('按后四位查找')
  await press('再看一些')
  expect(bodies('POST /api/people/find')).toEqual([
    { last_four: '004X', purpose: '送回落下的证件', limit: 20 },
    { last_four: '004X', purpose: '送回落下的证件', cursor: 'c1', limit: 20 },
  ])
  expect(shown.findAll('li').map((each) => each.text())).toHaveLength(2)
  await router.push('/people/pe_1')
  await flushPromises()
  expect(heading()).toBe('张*的登记')
  await press('查看全部内容')
  expect(bodies('POST /api/people/pe_1/look')).toEqual([{ purpose: '送回落下的证件' }])
  expect(shown.text()).toContain('张示例')
  // A greeter sees and corrects; phones and erasing are not theirs.
  expect(shown.text()).not.toContain('关联一部手机')
  // What was looked at is gone once the record is left.
  await router.push('/people')
  await router.push('/people/pe_1')
  await flushPromises()
  expect(shown.text()).not.toContain('张示例')
})

test('a correction goes with the version that was seen; one that came second keeps what was typed', async () => {
  await open('/people/pe_1', 'window_officer', {
    'POST /api/people/pe_1/look': [{ body: facts }, { body: { ...facts, version: 4, address: '示例路 8 号' } }],
    'PATCH /api/people/pe_1': [{ status: 412, body: refusal('version_differs') }, { body: { ...masked, version: 5 } }],
  })
  await choose('本人来办事')
  await press('查看全部内容')
  await press('修改住址')
  await say('示例路 9 号')
  expect(shown.get('[role=alert]').text()).toContain('你填的还在')
  await press('看最新的内容')
  expect(shown.get('[role=status]').text()).toBe('现在登记的是：示例路 8 号')
  await press('保存')
  expect(server.asked.filter((each) => each.what.startsWith('PATCH')).map(({ version, body }) => ({ version, body }))).toEqual([
    { version: '"3"', body: { address: '示例路 9 号' } }, { version: '"4"', body: { address: '示例路 9 号' } },
  ])
})

test('volunteering stands with the facts, where there is some', async () => {
  const volunteering = { skills: ['haircuts', 'care'], register_number: null, since: '2020-03-05', venue: null, organisation: 'or_1', place_name: '示例志愿服务队' }
  await open('/people/pe_1', 'greeter', { 'POST /api/people/pe_1/look': [{ body: facts }, { body: { ...facts, volunteering } }] })
  await choose('本人来办事')
  await press('查看全部内容')
  expect(shown.text()).not.toContain('志愿服务')
  await press('看好了，收起来')
  await press('查看全部内容')
  for (const words of ['理发、陪伴', '2020年3月5日', '示例志愿服务队']) expect(shown.text()).toContain(words)
  // A greeter takes in no transfers.
  expect(shown.text()).not.toContain('党员')
})

test('membership is looked at for itself, for what is stated beside the button', async () => {
  const membership = { branch: 'or_1', branch_name: '中共示例镇示例村支部委员会', kind: 'probationary', joined_on: null }
  const look = 'POST /api/people/pe_1/membership/look'
  await open('/people/pe_1', 'window_officer', {
    'POST /api/people/pe_1/look': [{ body: facts }],
    [look]: [{ status: 403, body: refusal('not_allowed') }, { body: { person: 'pe_1', version: 3, membership } }, { body: { person: 'pe_1', version: 3, membership: null } }],
  })
  const panel = () => shown.get('section[aria-labelledby=membership]')
  const press_in_panel = async () => {
    await panel().get('form').trigger('submit')
    await flushPromises()
  }
  await press_in_panel()
  expect(bodies(look)).toEqual([]) // nothing was stated yet: it is asked
  await shown.findAll('label').find((each) => each.text() === '本人要求核对或更正')!.get('input').setValue(true)
  expect(panel().text()).toContain('原因会写：“本人要求核对或更正”。')
  await press_in_panel()
  expect(panel().get('[role=alert]').text()).toContain('not_allowed')
  await press_in_panel()
  expect(bodies(look)).toEqual([{ purpose: '本人要求核对或更正' }, { purpose: '本人要求核对或更正' }])
  expect(panel().text()).toContain('中共示例镇示例村支部委员会')
  expect(panel().text()).toContain('预备党员')
  expect(document.activeElement).toBe(panel().get('h2').element)
  await panel().get('button').trigger('click')
  expect(panel().text()).not.toContain('示例村')
  await press_in_panel()
  expect(panel().text()).toContain('没有登记党员组织关系。')
})

test('a card that is on record leads there before anything else is asked', async () => {
  await open('/people/new', 'window_officer', { 'POST /api/people/find': [{ body: { items: [masked], next: null } }] })
  await say('000000196105120041')
  expect(shown.get('[role=alert]').text()).toContain('末位也要对得上')
  await say(facts.identity_number)
  expect(heading()).toBe('已经登记过了')
  expect(shown.get('a[href="/people/pe_1"]').text()).toContain('张*')
})

test('recorded by somebody else in between, the record there is opens too', async () => {
  await open('/people/new', 'window_officer', {
    'POST /api/people/find': [{ body: { items: [], next: null } }, { body: { items: [masked], next: null } }],
    'POST /api/people': [{ status: 409, body: refusal('person_known') }],
  })
  await say(facts.identity_number)
  await say('张示例')
  await say('')
  await say('')
  expect(heading()).toBe('请跟本人核对一遍')
  await press('对，登记')
  expect(bodies('POST /api/people')).toEqual([{ name: '张示例', identity_number: facts.identity_number, birth_date: '1961-05-12', phone: null, address: null }])
  expect(heading()).toBe('已经登记过了')
})

test('nobody is erased unseen, and not by one press', async () => {
  const router = await open('/people/pe_1/erase', 'centre_manager', {
    'POST /api/people/pe_1/look': [{ body: facts }],
    'POST /api/people/pe_1/erase': [{ body: { erased_at: soon, looks_kept: 4 } }],
  })
  expect(shown.text()).toContain('得先看清楚')
  await router.push('/people/pe_1')
  await flushPromises()
  await choose('本人要求核对或更正')
  await press('查看全部内容')
  await router.push('/people/pe_1/erase')
  await flushPromises()
  await press('继续')
  expect(shown.get('[role=alert]').text()).toContain('请选一个原因')
  await choose('本人到窗口要求删除')
  await press('继续')
  expect(heading()).toBe('确定全部删掉吗？')
  expect(bodies('POST /api/people/pe_1/erase')).toEqual([])
  await press('确定，全部删掉')
  expect(server.asked.at(-1)).toMatchObject({ what: 'POST /api/people/pe_1/erase', version: '"3"', body: { purpose: '本人到窗口要求删除' } })
  expect(heading()).toBe('全部删掉了')
  expect(shown.text()).toContain('留下 4 条')
})
