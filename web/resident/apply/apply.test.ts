import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server } from '@shared/api/pretend_server'
import type { TownView } from '@shared/api/types'
import { ask_again } from '../my/session'
import { show_town, town } from '../town'
import { ApplyPage, OwnCasesPage } from './pages'
import { slips } from './slips'

const words = (zh: string) => ({ zh, en: `${zh} in English` })
const hall = (id: string, venue: string) => ({ id, venue_id: `ve_${id}`, venue: words(venue), address: words('示例路 1 号'), open: true, today: [], note: null })
const matter = {
  key: 'moving', name: words('转入'), summary: words(''), authority: words(''), promised_working_days: 5, materials: [], steps: [], advice: [], source: words(''), legal: null, guide: [], asked: [],
  questions: [{ key: 'from', ask: words('从哪里来？'), help: null, answers: [{ key: 'near', text: words('本市') }, { key: 'far', text: words('外省市') }], when: null }],
  form: [
    { key: 'valid_until', kind: 'day', ask: words('介绍信到哪天？'), help: null, choices: null, optional: null, when: [{ question: 'from', answers: ['far'] }], refused_once_past: 'expired' },
    { key: 'where', kind: 'long_text', ask: words('还有什么要说？'), help: null, choices: null, optional: true, when: null, refused_once_past: null },
  ],
}
const slip = { reference: 'NX-2026-000007', token: 'tok7', first_contact: { name: '林示例', post: words('窗口') }, promised_by: '2026-12-01', provisional: false }
const sending = 'POST /api/matters/moving/cases'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
let router: ReturnType<typeof createRouter>

beforeEach(() => {
  server = pretend_server()
  server.answers = { 'GET /api/matters/moving': [{ body: matter }], 'GET /api/my/session': [{ status: 401, body: { code: 'not_signed_in', title: '', detail: '' } }] }
  show_town({ name: words('示例镇'), time_zone: 'Asia/Shanghai', halls: [hall('1', '中心'), hall('2', '东站')] } as unknown as TownView)
})
afterEach(() => {
  shown.unmount()
  localStorage.clear()
  slips.value = []
  town.data.value = null
  ask_again()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(path = '/apply/moving') {
  router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/apply/:matter', component: ApplyPage, props: true }, { path: '/cases', component: OwnCasesPage }, { path: '/:rest(.*)*', component: { template: '<p />' } }],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView)) }, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const heading = () => shown.get('h1').text()
const alert = () => shown.get('[role=alert]').text()
const asked = (what: string) => server.asked.filter((each) => each.what === what)
async function follow(name: string) {
  const found = shown.findAll('a').find((each) => (each.attributes('aria-label') ?? each.text()) === name)
  if (!found) throw new Error(`no link “${name}” in: ${shown.text()}`)
  await found.trigger('click')
  await flushPromises()
}
async function press(name: string) {
  const found = shown.findAll('button').find((each) => (each.attributes('aria-label') ?? each.text()) === name)
  if (!found) throw new Error(`no button “${name}” in: ${shown.text()}`)
  await (found.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : found.trigger('click'))
  await flushPromises()
}
async function choose(key: string) {
  await shown.get(`input[value=${key}]`).setValue(true)
  await press('继续')
}
async function write(text: string) {
  await shown.get('input, textarea').setValue(text)
  await press('继续')
}
async function write_day(...parts: string[]) {
  for (const [index, part] of parts.entries()) await shown.findAll('input')[index]!.setValue(part)
  await press('继续')
}
async function to_the_check() {
  await open()
  await follow('开始填')
  await choose('near')
  await write('')
  await write('示例')
  await write('138 0013 8000')
}

test('one question a page, each said what is wrong with it, the progress in words', async () => {
  await open()
  expect(heading()).toBe('转入')
  expect(shown.text()).toContain('大约 4 题')
  await follow('开始填')
  expect(heading()).toBe('从哪里来？')
  expect(document.activeElement).toBe(shown.get('h1').element)
  expect(shown.text()).toContain('第 1 题，共 4 题')
  await press('继续')
  expect(alert()).toBe('请选一个，再继续。')
  expect((document.activeElement as HTMLInputElement).type).toBe('radio')
  await choose('far')
  expect(heading()).toBe('介绍信到哪天？')
  expect(shown.text()).toContain('第 2 题，共 5 题')
  await write_day('2026', '2', '30')
  expect(alert()).toBe('请把年、月、日都填对，比如 2026 年 3 月 8 日。')
  await write_day('2026', '12', '3')
  expect(shown.text()).toContain('不想答，可以空着')
  await write('')
  expect(heading()).toBe('你叫什么名字？')
  await write(' ')
  expect(alert()).toBe('这一题还没有写。写好了再继续。')
  await write('示例')
  expect(shown.get('input').attributes()).toMatchObject({ type: 'tel', inputmode: 'tel', autocomplete: 'tel' })
  await write('12')
  expect(alert()).toBe('请填电话号码，5 到 20 位数字。')
  await write('13800138000')
  expect(heading()).toBe('看一看，对不对')
  expect(shown.text()).toContain('2026年12月3日')
  expect(shown.text()).toContain('没有写')
  expect(shown.text()).toContain('138 0013 8000')
  await follow('← 上一步')
  expect(shown.get('input').element.value).toBe('13800138000')
})

test('an answer is changed from the last page, and what hangs on it is asked', async () => {
  await to_the_check()
  await follow('改这一题：从哪里来？')
  expect(shown.get<HTMLInputElement>('input[value=near]').element.checked).toBe(true)
  await choose('far')
  expect(heading()).toBe('介绍信到哪天？')
  await write_day('2027', '1', '31')
  expect(heading()).toBe('看一看，对不对')
  await follow('改这一题：交到哪里')
  await press('东站示例路 1 号')
  expect(heading()).toBe('看一看，对不对')
  server.answers[sending] = [{ status: 201, body: { opened: slip, refused: null } }]
  await press('对，交上去')
  expect(asked(sending)[0]!.body).toEqual({ venue: 've_2', applicant: { name: '示例', phone: '13800138000' }, answers: { from: 'far', valid_until: '2027-01-31', where: '' } })
})

test('a draft survives, without the name and the number, until it is sent', async () => {
  await to_the_check()
  expect(localStorage.getItem('doorstep.drafts')).not.toMatch(/13800138000|138 0013|示例/)
  shown.unmount()
  await open()
  expect(shown.text()).toContain('上次填的还在')
  await follow('接着填')
  expect(heading()).toBe('你叫什么名字？')
  await write('示例')
  await write('13800138000')
  server.answers[sending] = [{ status: 201, body: { opened: slip, refused: null } }]
  await press('对，交上去')
  expect(heading()).toBe('交上去了')
  expect(shown.text()).toContain('NX-2026-000007')
  expect(shown.text()).toContain('林示例')
  expect(shown.text()).toContain('12月1日 星期二')
  expect(localStorage.getItem('doorstep.drafts')).toBe(null)
  expect(JSON.parse(localStorage.getItem('doorstep.slips')!)).toEqual([{ reference: 'NX-2026-000007', token: 'tok7' }])
})

test('a draft is thrown away by two presses', async () => {
  await to_the_check()
  await router.push('/apply/moving')
  await flushPromises()
  await press('扔掉，从头填')
  expect(localStorage.getItem('doorstep.drafts')).not.toBe(null)
  await press('确定扔掉')
  expect(localStorage.getItem('doorstep.drafts')).toBe(null)
  await follow('开始填')
  expect(shown.findAll<HTMLInputElement>('input').some((each) => each.element.checked)).toBe(false)
})

test('what cannot be accepted is told at once with what helps, and the answers stay', async () => {
  await to_the_check()
  server.answers[sending] = [{ status: 201, body: { opened: null, refused: { reason: words('介绍信过期了'), remedy: words('请重新开一封') } } }]
  await press('对，交上去')
  expect(heading()).toBe('现在交，还不能收')
  expect(shown.text()).toContain('介绍信过期了')
  expect(shown.text()).toContain('请重新开一封')
  expect(slips.value).toEqual([])
  await follow('填错了？改一改')
  expect(heading()).toBe('看一看，对不对')
  expect(shown.text()).toContain('本市')
})

test('without a network nothing is lost, and the second press is the same wish', async () => {
  await to_the_check()
  const keys: (string | null)[] = []
  const answer = globalThis.fetch
  let away = true
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('fetch', (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key'))
    if (away) throw new TypeError('away')
    return answer(request)
  })
  server.answers[sending] = [{ status: 201, body: { opened: slip, refused: null } }]
  await press('对，交上去')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(alert()).toContain('填的都还在')
  away = false
  await press('对，交上去')
  expect(heading()).toBe('交上去了')
  expect(new Set(keys).size).toBe(1)
})

test('a refusal leads back to the question that is at fault', async () => {
  await to_the_check()
  server.answers[sending] = [{ status: 422, body: { code: 'unknown_answer', title: '有一个回答对不上', detail: '请重新选', path: 'answers.from' } }]
  await press('对，交上去')
  expect(alert()).toContain('有一个回答对不上')
  await follow('回到那一题')
  expect(heading()).toBe('从哪里来？')
})

test('an address in the middle begins at what was not answered yet', async () => {
  await open('/apply/moving?step=check')
  expect(heading()).toBe('从哪里来？')
})

test('what the pre-check asked is not asked again', async () => {
  await open('/apply/moving?from=far')
  await follow('开始填')
  expect(heading()).toBe('介绍信到哪天？')
  expect(shown.text()).toContain('第 2 题，共 5 题')
})

test('what is not asked for here says so', async () => {
  server.answers['GET /api/matters/moving'] = [{ body: { ...matter, form: [] } }]
  await open()
  expect(heading()).toBe('这件事不能在手机上交')
})

const progress = { reference: slip.reference, matter: { key: 'moving', name: words('转入') }, phase: 'in_work', step: { key: 's', name: words('核对'), who: words('承办人') }, promised_by: '2026-12-01' }

test('this phone lists what it sent, also what is gone, and is made to forget it by two presses', async () => {
  slips.value = [slip, { reference: 'NX-2025-000001', token: 'old' }]
  localStorage.setItem('doorstep.slips', JSON.stringify(slips.value))
  server.answers['GET /api/cases/tok7'] = [{ body: progress }]
  server.answers['GET /api/cases/old'] = [{ status: 404, body: { code: 'no_such_case', title: '', detail: '' } }]
  await open('/cases')
  expect(shown.text()).toContain('正在办')
  expect(shown.text()).toContain('核对')
  expect(shown.text()).toContain('12月1日 星期二')
  expect(shown.text()).toContain('这件事现在查不到了')
  expect(shown.text()).toContain('登录看看')
  await press('从这部手机上去掉 NX-2026-000007')
  expect(slips.value).toHaveLength(2)
  await press('确定去掉')
  expect(shown.get('[role=status]').text()).toBe('NX-2026-000007 去掉了。事情照样在办。')
  expect(JSON.parse(localStorage.getItem('doorstep.slips')!)).toEqual([{ reference: 'NX-2025-000001', token: 'old' }])
})

test('who is signed in sees what their account sent, each once', async () => {
  slips.value = [slip]
  server.answers['GET /api/cases/tok7'] = [{ body: progress }]
  server.answers['GET /api/my/session'] = [{ body: { csrf: 'word', expires_at: '2099-01-01T00:00:00Z', fresh_until: '2099-01-01T00:00:00Z', account: 'phone' } }]
  const own = { reference: slip.reference, token: slip.token, matter: progress.matter, phase: 'in_work', step: words('核对'), opened_at: '2026-11-24T09:00:00Z', promised_by: null }
  server.answers['GET /api/my/cases'] = [{ body: { items: [own, { ...own, reference: 'NX-2026-000003', token: 'tok3', phase: 'done' }], next: null } }]
  await open('/cases')
  expect(shown.findAll('h3')).toHaveLength(2)
  expect(shown.text()).toContain('NX-2026-000003')
  expect(shown.text()).not.toContain('登录看看')
})
