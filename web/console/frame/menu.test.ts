import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Role } from '@shared/api/types'
import { focus_heading_after } from '@shared/ui/page'
import { signed_in } from '../session'
import FrameMenu from './FrameMenu.vue'
import { current, first_page } from './menu'

const officer = (...roles: Role[]) =>
  signed_in({ staff: { id: 'st_1', name: '林示例' }, roles, post: { zh: '窗口', en: 'Window' }, csrf: 'word', venue: 've_1', expires_at: '2026-11-24T09:00:00Z' })

let shown: VueWrapper | undefined
afterEach(() => {
  shown?.unmount()
  signed_in(null)
})

async function open(path: string, ...roles: Role[]) {
  officer(...roles)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<h1>一页</h1>' } }] })
  focus_heading_after(router)
  await router.push(path)
  shown = mount({ components: { FrameMenu }, template: '<FrameMenu /><main><RouterView /></main>' }, { global: { plugins: [router] }, attachTo: document.body })
  return router
}
const button = () => shown!.get('nav button')
const list = () => shown!.get(`#${button().attributes('aria-controls')}`)
/** The entries of each group, under the words that label it. */
const groups = () => Object.fromEntries(shown!.findAll('nav ul').map((group) =>
  [shown!.get(`#${group.attributes('aria-labelledby')}`).text(), group.findAll('a').map((entry) => entry.text()).join(' ')]))
const marked = () => shown!.findAll('nav [aria-current]').map((entry) => [entry.text(), entry.attributes('aria-current')])

const for_all = { 服务网络: '场所 组织 社区 网格', 志愿与活动: '往期活动', 工作安排: '岗位 日历' }
const at_a_window = { 日常办理: '窗口 办件 期限 咨询 居民', 服务网络: '场所 设备 组织 社区 网格', 志愿与活动: '志愿者 往期活动', 工作安排: '岗位 日历' }
test.each<[Role[], Record<string, string>, string]>([
  [[], for_all, '/venues'],
  [['branch_secretary'], { 日常办理: '等本组织办', ...for_all }, '/units'],
  [['grid_head'], for_all, '/venues'],
  [['auditor'], { ...for_all, 数据和核查: '查看记录' }, '/venues'],
  [['greeter'], { ...for_all, 日常办理: '居民', 服务网络: at_a_window.服务网络 }, '/people'],
  [['station_keeper'], { ...for_all, 服务网络: at_a_window.服务网络, 志愿与活动: '志愿者 往期活动' }, '/venues'],
  [['window_officer'], at_a_window, '/'],
  [['centre_manager'], { ...at_a_window, 日常办理: '窗口 办件 期限 咨询 居民 好差评', 工作安排: '岗位 日历 人员', 数据和核查: '导入表格' }, '/'],
  [['administrator'], { ...at_a_window, 日常办理: '窗口 办件 居民 好差评', 工作安排: '岗位 日历 人员', 数据和核查: '导入表格 查看记录' }, '/'],
  [['greeter', 'auditor'], { ...for_all, 日常办理: '居民', 服务网络: at_a_window.服务网络, 数据和核查: '查看记录' }, '/people'],
])('%j are shown what they may open, in groups that are not empty, and begin with its first page', async (roles, expected, first) => {
  await open('/account', ...roles)
  expect(groups()).toEqual(expected)
  expect(first_page()).toBe(first)
  expect(marked()).toEqual([])
})

test.each([
  ['/', '/', 'page'], ['/', '/cases', undefined], ['/venues', '/venues', 'page'], ['/venues', '/venues/ve_1', 'true'],
  ['/posts', '/posts/roster', 'true'], ['/people', '/peoples', undefined],
])('of %s, at %s, the menu says %s', (to, path, said) => expect(current(to, path)).toBe(said))

test('the page one is at is marked, and so is the one it is reached through', async () => {
  const router = await open('/venues', 'window_officer')
  expect(marked()).toEqual([['场所', 'page']])
  await router.push('/venues/ve_1')
  expect(marked()).toEqual([['场所', 'true']])
  await router.push('/')
  expect(marked()).toEqual([['窗口', 'page']])
})

test('the button opens the list and leads into it, to where one is; Escape closes it and leads back', async () => {
  await open('/grids', 'window_officer')
  expect(button().text()).toBe('菜单')
  expect(button().attributes('aria-expanded')).toBe('false')
  await button().trigger('click')
  await nextTick()
  expect(button().attributes('aria-expanded')).toBe('true')
  expect(document.activeElement?.textContent).toBe('网格')
  await list().get('a').trigger('keydown', { key: 'Escape' })
  expect(button().attributes('aria-expanded')).toBe('false')
  expect(document.activeElement).toBe(button().element)
})

test('on a page that is none of the menu, the button leads to its first entry', async () => {
  await open('/account', 'window_officer')
  await button().trigger('click')
  await nextTick()
  expect(document.activeElement?.textContent).toBe('窗口')
})

test('it closes after a choice, and the focus goes to the heading; to the button when one stays', async () => {
  const router = await open('/grids', 'window_officer')
  await button().trigger('click')
  await list().findAll('a').find((entry) => entry.text() === '日历')!.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.path).toBe('/calendar')
  expect(button().attributes('aria-expanded')).toBe('false')
  await nextTick()
  expect(document.activeElement?.tagName).toBe('H1')

  await button().trigger('click')
  await list().get('[aria-current]').trigger('click')
  await flushPromises()
  expect(button().attributes('aria-expanded')).toBe('false')
  expect(document.activeElement).toBe(button().element)
})

test('a page that was reached otherwise finds it closed', async () => {
  const router = await open('/grids', 'window_officer')
  await button().trigger('click')
  await router.push('/venues')
  await nextTick()
  expect(button().attributes('aria-expanded')).toBe('false')
})
