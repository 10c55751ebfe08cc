import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import { PretendUpload } from '@shared/api/pretend_upload'
import type { ImportKind, ImportView, Role, SessionView } from '@shared/api/types'
import { signed_in } from '../session'
import { ImportPage, ImportsDoor, ListPage, NewPage } from './pages'

const officer = (...roles: Role[]): SessionView => ({ staff: { id: 'st_1', name: '林示例' }, roles, post: { zh: '中心', en: 'Centre' }, csrf: 'word', venue: null, expires_at: '2026-11-24T09:00:00Z' })
const text = (zh: string) => ({ zh, en: zh })
const kind = (more: Partial<ImportKind> = {}): ImportKind => ({
  key: 'things', name: text('东西'), personal: false, columns: [
    { key: 'name', heading: text('名称'), required: true, help: text('怎么叫就怎么写'), example: text('示例东西'), choices: [] },
    { key: 'sort', heading: text('类型'), required: true, help: text('从列表里选'), example: text('大的'), choices: [{ key: 'big', name: text('大的') }] },
    { key: 'note', heading: text('备注'), required: false, help: text('可以空着'), example: text('没有'), choices: [] },
  ], ...more,
})
const kinds = (...items: ImportKind[]): Said => ({ body: { items, bytes_max: 1_048_576 } })
const view = (more: Partial<ImportView> = {}): ImportView => ({
  id: 'im_1', version: 1, kind: 'things', state: 'draft', started_by: 'st_1', created_at: '2026-11-24T01:00:00Z', file_name: '名单.xlsx', sheet: '名单', headings: ['叫什么', '大小', '序号'], columns: { name: 0 },
  total: 3, faulty: 1, recorded: 0, refused: 0, ended: 0, kept: 0, file_gone: false, ...more,
})
const row = (number: number, cells: Record<string, string>, ...faults: { column: string; why: { zh: string; en: string } }[]) => ({ row: number, hidden: false, cells, faults })
const page = <T>(items: T[], next: string | null = null): Said => ({ body: { items, next } })
const refusal = (code: string, status = 409): Said => ({ status, body: { code, title: code, detail: `${code} 怎么办` } })

// Forms with selects are mounted slowly where other work has the machine.
vi.setConfig({ testTimeout: 30_000 })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
let saved: string[]
beforeEach(() => {
  server = pretend_server()
  saved = []
  URL.createObjectURL = () => 'blob:it'
  URL.revokeObjectURL = () => undefined
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { saved.push(this.download) })
})
afterEach(() => {
  shown?.unmount()
  signed_in(null)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function settle() {
  for (let count = 0; count < 6; count += 1) await flushPromises()
}
async function open(path: string, role: Role, answers: Record<string, Said[]>) {
  server.answers = { 'GET /api/imports/kinds': [kinds(kind())], 'POST /api/imports/im_1/rows': [page([])], ...answers }
  signed_in(officer(role))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/imports', component: ImportsDoor, children: [{ path: '', component: ListPage }, { path: 'new', component: NewPage }, { path: ':id', component: ImportPage, props: true }] }, { path: '/:rest(.*)*', component: { template: '<p />' } }],
  })
  await router.push(path)
  shown = mount({ render: () => h('main', h(RouterView, { key: router.currentRoute.value.path })) }, { global: { plugins: [router] }, attachTo: document.body })
  await settle()
  return router
}
const button = (words: string) => shown.findAll('button').find((each) => each.text() === words || each.text() === `← ${words}`)
async function press(words: string) {
  const found = button(words)!
  await (found.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : found.trigger('click'))
  await settle()
}
async function choose(label: string, option: string) {
  const field = shown.get(`input[aria-label="${label}"]`)
  await field.trigger('click')
  await settle()
  const list = shown.get(`#${field.attributes('aria-controls')}`)
  await list.findAll('[role=option]').find((each) => each.text() === option)!.trigger('click')
  await settle()
}
const heading = () => shown.get('h1').text()
const asked = (what: string) => server.asked.filter((each) => each.what === what)

test('whose post brings nothing in is told so, and nothing is asked', async () => {
  await open('/imports', 'window_officer', {})
  expect(heading()).toBe('这几页给中心主任和系统管理员用')
  expect(server.asked).toEqual([])
})

test('a manager sees their own; an administrator all of the town, by who uploaded them', async () => {
  await open('/imports', 'centre_manager', { 'GET /api/imports': [page([view({ state: 'done', recorded: 3 })])] })
  expect(shown.find('input[name=whose]').exists()).toBe(false)
  expect(shown.get('a[href="/imports/im_1"]').text()).toContain('导入了 3 行')
  shown.unmount()
  await open('/imports', 'administrator', {
    'GET /api/imports': [page([]), page([view({ started_by: 'st_2', file_name: '' })], 'more'), page([view({ id: 'im_0', started_by: 'st_3' })])],
    'GET /api/staff': [page([{ id: 'st_2', username: 'two', name: '周示例', post: text('窗口'), grants: [] }])],
  })
  expect(shown.text()).toContain('还没有导入过表格')
  await shown.get('input[value=town]').setValue(true)
  await settle()
  expect(shown.get('a[href="/imports/im_1"]').text()).toContain('周示例上传')
  await press('再往前看')
  expect(shown.get('a[href="/imports/im_0"]').text()).toContain('已经停用的账号上传')
})

async function pick(...files: File[]) {
  const field = shown.get('input[type=file]')
  Object.defineProperty(field.element, 'files', { value: files, configurable: true })
  Object.defineProperty(field.element, 'value', { value: '', writable: true, configurable: true })
  await field.trigger('change')
  await settle()
}

test('the page knows of a kind what the server says; a template is fetched; what is no sheet is not sent', async () => {
  vi.stubGlobal('XMLHttpRequest', PretendUpload)
  PretendUpload.sent = []
  await open('/imports/new', 'centre_manager', { 'GET /api/imports/kinds': [kinds(kind(), kind({ key: 'folk', name: text('人'), personal: true }))], 'GET /api/imports/kinds/things/template': [{ body: 'bytes' }] })
  expect(shown.find('input[type=file]').exists()).toBe(false)
  await shown.get('input[value=things]').setValue(true)
  await settle()
  expect(shown.findAll('li').map((each) => each.text())).toEqual(['名称必填怎么叫就怎么写例如：示例东西', '类型必填从列表里选例如：大的', '备注可以空着例如：没有'])
  await press('下载“东西”模板')
  expect(saved).toHaveLength(1)
  expect(shown.get('.told').text()).toContain('模板下载好了')
  await pick(new File(['x'], '旧.xls'))
  expect(shown.get('[role=alert]').text()).toContain('旧格式')
  await pick(new File(['x'], '一.xlsx'), new File(['x'], '二.xlsx'))
  expect(shown.get('[role=alert]').text()).toContain('一次只能传一个')
  await pick(new File([new Uint8Array(1_048_577)], '大.xlsx'))
  expect(shown.get('[role=alert]').text()).toContain('最大 1 MB')
  expect(PretendUpload.sent).toEqual([])
  await shown.get('input[value=folk]').setValue(true)
  await settle()
  expect(shown.get('.told.warn').text()).toContain('只有你自己看得到')
})

test('a sheet that did not arrive is sent again under the same key; another one is another wish', async () => {
  vi.stubGlobal('XMLHttpRequest', PretendUpload)
  PretendUpload.sent = []
  PretendUpload.answers = ['lost', refusal('sheet_empty', 422), { status: 201, body: view() }]
  const router = await open('/imports/new', 'centre_manager', { 'GET /api/imports/im_1': [{ body: view() }] })
  await pick(new File(['x'], '名单.xlsx'))
  expect(shown.get('[role=alert]').text()).toContain('现在连不上网络')
  await press('再传一次')
  expect(shown.get('[role=alert]').text()).toContain('sheet_empty 怎么办')
  expect(button('再传一次')).toBeUndefined()
  await pick(new File(['y'], '名单.xlsx'))
  expect(router.currentRoute.value.path).toBe('/imports/im_1')
  const [one, again, other] = PretendUpload.sent.map(({ headers }) => headers['Idempotency-Key'])
  expect(again).toBe(one)
  expect(other).not.toBe(one)
  expect(PretendUpload.sent[0]!.path).toBe('/api/imports?kind=things&name=%E5%90%8D%E5%8D%95.xlsx')
  expect(PretendUpload.sent[0]!.headers).toMatchObject({ 'X-Doorstep-Csrf': 'word', 'Accept-Language': 'zh-CN' })
})

test('columns are put right, rows are looked through, the rest is imported, and taken back', async () => {
  const mapped = { name: 0, sort: 1 }
  const done = view({ version: 4, state: 'done', columns: mapped, recorded: 2, refused: 1 })
  await open('/imports/im_1', 'centre_manager', {
    'GET /api/imports/im_1': [{ body: view() }],
    'POST /api/imports/im_1/rows': [
      page([row(2, { 0: '甲', 1: '大的', 2: '1' })]),
      page([row(2, { name: '甲', sort: 'big' }), row(3, { name: '乙' }, { column: 'sort', why: text('还缺这一项。') })], 'c3'),
      page([row(4, { name: '丙', sort: 'big' }, { column: '', why: text('已经有了。') })]),
    ],
    'POST /api/imports/im_1/columns': [{ body: view({ version: 2, columns: mapped }) }],
    'POST /api/imports/im_1/faulty-rows': [{ body: 'bytes' }],
    'POST /api/imports/im_1/run': [
      { body: view({ version: 3, state: 'importing', columns: mapped, recorded: 1 }) }, { body: done },
      { body: view({ version: 6, state: 'undone', columns: mapped, recorded: 2, refused: 1, ended: 1, kept: 1 }) },
    ],
    'GET /api/imports/im_1/outcomes': [page([{ row: 3, outcome: 'refused', thing: null, faults: [{ column: 'sort', why: text('还缺这一项。') }] }]), page([{ row: 2, outcome: 'kept', thing: 'th_1', faults: [{ column: '', why: text('有人用过。') }] }])],
    'POST /api/imports/im_1/undo': [{ body: view({ version: 5, state: 'undoing', columns: mapped, recorded: 2, refused: 1 }) }],
  })
  expect(heading()).toBe('每一项在表格的哪一列？')
  expect(asked('POST /api/imports/im_1/rows')[0]!.body).toEqual({ as_written: true, limit: 3 })
  expect(shown.text()).toContain('表里写的：甲')
  await press('对好了，继续')
  expect(shown.get('[role=alert]').text()).toContain('“类型”必填')
  expect(asked('POST /api/imports/im_1/columns')).toEqual([])
  await choose('“类型”在哪一列', '叫什么（A 列）')
  expect(shown.get('.told').text()).toContain('“名称”空出来了')
  await choose('“名称”在哪一列', '叫什么（A 列）')
  await choose('“类型”在哪一列', '大小（B 列）')
  expect(shown.text()).toContain('用不到，不会导入：序号')
  await press('对好了，继续')
  expect(asked('POST /api/imports/im_1/columns')[0]).toMatchObject({ version: '"1"', body: { columns: mapped } })

  expect(heading()).toBe('导入以前，看一看')
  const rows = () => shown.findAll('article').map((each) => each.text())
  expect(rows()[0]).toContain('大的')
  expect(rows()[1]).toContain('还缺这一项。')
  await press('下一页')
  expect(asked('POST /api/imports/im_1/rows')[2]!.body).toMatchObject({ cursor: 'c3' })
  expect(rows()).toHaveLength(1)
  expect(rows()[0]).toContain('已经有了。')
  await press('下载有问题的行')
  expect(saved).toHaveLength(1)

  await press('开始导入 2 行')
  expect(asked('POST /api/imports/im_1/run').map(({ version }) => version)).toEqual(['"2"', '"3"'])
  expect(heading()).toBe('导入了 2 行')
  expect(shown.text()).toContain('类型：还缺这一项。')

  await press('看看会撤销什么')
  expect(heading()).toBe('要撤销这次导入吗？')
  expect(shown.text()).toContain('这次导入的 2 行“东西”')
  await press('确定撤销')
  expect(asked('POST /api/imports/im_1/undo')[0]!.version).toBe('"4"')
  expect(asked('POST /api/imports/im_1/run').at(-1)!.version).toBe('"5"')
  expect(heading()).toBe('撤销了 1 行')
  expect(shown.text()).toContain('有人用过。')
})

test('whoever comes back to an import that is under way goes on with it; somebody else is asked first', async () => {
  const half = view({ state: 'importing', version: 3, recorded: 1 })
  const answers = { 'GET /api/imports/im_1': [{ body: half }], 'POST /api/imports/im_1/run': [{ body: view({ state: 'done', version: 4, recorded: 3 }) }] }
  await open('/imports/im_1', 'centre_manager', { ...answers })
  expect(heading()).toBe('导入了 3 行')
  shown.unmount()
  server.asked = []
  await open('/imports/im_1', 'administrator', { ...answers, 'GET /api/imports/im_1': [{ body: { ...half, started_by: 'st_2', headings: [], file_name: '' } }], 'GET /api/staff': [page([])] })
  expect(heading()).toBe('导入了一半')
  expect(asked('POST /api/imports/im_1/run')).toEqual([])
  await press('接着导入')
  expect(heading()).toBe('导入了 3 行')
})

test('an import is stopped for good only when that was meant, and at its newest version', async () => {
  const half = view({ state: 'importing', version: 3, recorded: 1, started_by: 'st_2' })
  await open('/imports/im_1', 'administrator', {
    'GET /api/imports/im_1': [{ body: half }, { body: { ...half, version: 4 } }], 'GET /api/staff': [page([])],
    'POST /api/imports/im_1/stop': [refusal('version_differs', 412), { body: view({ state: 'done', version: 5, recorded: 1 }) }],
  })
  await press('停下，后面的不导入了')
  expect(shown.text()).toContain('已经导入的 1 行留着')
  await press('停下')
  expect(asked('POST /api/imports/im_1/stop').map(({ version }) => version)).toEqual(['"3"', '"4"'])
  expect(shown.text()).toContain('2 行没有轮到')
})

test('rows with people in them are nobody else’s: they are not even asked for', async () => {
  const answers = { 'GET /api/imports/kinds': [kinds(kind({ personal: true }))], 'GET /api/staff': [page([{ id: 'st_2', username: 'two', name: '周示例', post: text('窗口'), grants: [] }])], 'GET /api/imports/im_1/outcomes': [page([])] }
  await open('/imports/im_1', 'administrator', { ...answers, 'GET /api/imports/im_1': [{ body: view({ started_by: 'st_2', headings: [], file_name: '' }) }] })
  expect(shown.text()).toContain('这是周示例上传的草稿')
  shown.unmount()
  await open('/imports/im_1', 'administrator', { ...answers, 'GET /api/imports/im_1': [{ body: view({ started_by: 'st_2', state: 'done', recorded: 2, refused: 1 }) }] })
  expect(shown.text()).toContain('只有上传的人能下载')
  expect(button('下载有问题的行')).toBeUndefined()
  expect(asked('POST /api/imports/im_1/rows')).toEqual([])
})

test('a draft is deleted after it was asked once more', async () => {
  await open('/imports/im_1', 'centre_manager', { 'GET /api/imports/im_1': [{ body: view() }], 'POST /api/imports/im_1/stop': [{ body: view({ state: 'dropped', version: 2, file_gone: true }) }] })
  await press('删掉这份草稿')
  expect(document.activeElement?.textContent).toContain('要删掉这份草稿吗')
  expect(asked('POST /api/imports/im_1/stop')).toEqual([])
  await press('删掉')
  expect(heading()).toBe('这份草稿删掉了')
})

test('an import that is not there, or not theirs, leads back to the list', async () => {
  await open('/imports/im_1', 'centre_manager', { 'GET /api/imports/im_1': [refusal('no_such_import', 404)] })
  expect(heading()).toBe('没有找到这次导入')
  expect(shown.find('a[href="/imports"]').exists()).toBe(true)
})
