import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { client } from '@shared/api/client'
import { pretend_server } from '@shared/api/pretend_server'
import { speak_in } from '@shared/i18n'
import SheetButton from './SheetButton.vue'

let server: ReturnType<typeof pretend_server>
let kept: { name: string; bytes: Blob }[]

beforeEach(() => {
  server = pretend_server()
  kept = []
  let last: Blob
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (bytes: Blob) => { last = bytes; return 'blob:x' }, revokeObjectURL: () => undefined }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { kept.push({ name: this.download, bytes: last }) })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  speak_in('zh')
})

const open = (of?: string) => mount(SheetButton, { props: { ask: () => client.GET('/api/staff.xlsx', { parseAs: 'blob' }), of } })
async function press(shown: ReturnType<typeof open>) {
  await shown.get('button').trigger('click')
  await flushPromises()
}

test('the sheet is kept under the name that the server gives it, and that is said', async () => {
  server.answers = { 'GET /api/staff.xlsx': [{ body: 'PK', headers: { 'content-disposition': "attachment; filename=\"sheet.xlsx\"; filename*=UTF-8''%E4%BA%BA%E5%91%98%202026-11-24.xlsx" } }] }
  const shown = open()
  expect(shown.get('button').text()).toBe('导出为 Excel')
  await press(shown)
  expect(kept.map((file) => file.name)).toEqual(['人员 2026-11-24.xlsx'])
  expect(await kept[0]!.bytes.text()).toBe('"PK"')
  expect(shown.get('[role=status]').text()).toBe('已下载：人员 2026-11-24.xlsx')
})

test('a refusal is said, and nothing is kept', async () => {
  server.answers = { 'GET /api/staff.xlsx': [{ status: 400, body: { code: 'list_too_long_for_sheet', title: '内容太多，一张表放不下', detail: '请先缩小范围。' } }] }
  const shown = open()
  await press(shown)
  expect(kept).toEqual([])
  expect(shown.get('[role=alert]').text()).toContain('请先缩小范围。')
  expect(shown.get('[role=status]').text()).toBe('')
})

test('a page with several lists says which one, after the words that are seen', () => {
  speak_in('en')
  expect(open('Roles').get('button').attributes('aria-label')).toBe('Download as Excel: Roles')
})
