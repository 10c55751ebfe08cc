import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import { PretendUpload } from '@shared/api/pretend_upload'
import type { AttachmentView, CaseView } from '@shared/api/types'
import AttachmentsPanel from './AttachmentsPanel.vue'

const text = (zh: string) => ({ zh, en: zh })
const view = (phase = 'in_work') => ({ id: 'cs_1', version: 1, phase, materials: [{ key: 'card', name: text('身份证'), state: 'missing' }] }) as unknown as CaseView
const attachment = (more: Partial<AttachmentView> = {}): AttachmentView => ({
  id: 'at_1', kind: 'jpeg', size: 310_000, material: 'card', added_at: '2026-11-24T01:00:00Z', added_by: null, has_preview: true, removable: false, ...more,
})
const list = 'GET /api/desk/cases/cs_1/attachments'
const look = 'POST /api/desk/cases/cs_1/attachments/at_1/look'
const listed = (...items: AttachmentView[]): Said => ({ body: { items, room: 20 - items.length } })

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
  PretendUpload.sent = []
  vi.stubGlobal('XMLHttpRequest', PretendUpload)
})
afterEach(() => {
  shown.unmount()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function settle() {
  for (let count = 0; count < 8; count += 1) await flushPromises()
}
async function open(answers: Record<string, Said[]>, phase?: string) {
  server.answers = answers
  shown = mount(AttachmentsPanel, { props: { view: view(phase) }, attachTo: document.body })
  await settle()
}
async function press(words: string) {
  await shown.findAll('button').find((each) => each.text() === words)!.trigger('click')
  await settle()
}

test('nothing is looked at without a purpose, which goes with each look; the preview is shown in a dialog', async () => {
  await open({ [list]: [listed(attachment())], [look]: [{ body: 'bytes', headers: { 'content-disposition': "attachment; filename=\"file.jpg\"; filename*=UTF-8''at_1.jpg" } }] })
  expect(shown.find('img').exists()).toBe(false)
  expect(shown.text()).toContain('申请人发来的')
  await press('看')
  expect(shown.text()).toContain('请')
  expect(server.asked.some(({ what }) => what === look)).toBe(false)
  await shown.get('input[maxlength="200"]').setValue('核对身份证')
  await press('看')
  expect(server.asked.find(({ what }) => what === look)!.body).toEqual({ purpose: '核对身份证', preview: true })
  expect(shown.get('dialog').element.open).toBe(true)
  expect(shown.get('dialog img').attributes('alt')).toBe('身份证')
  await press('关上')
  expect(shown.find('dialog').exists()).toBe(false)
  await press('存原件')
  expect(server.asked.at(-1)!.body).toEqual({ purpose: '核对身份证', preview: false })
  expect(saved).toEqual(['at_1.jpg'])
})

test('a PDF has no preview; one removes one’s own, asked once more', async () => {
  const remove = 'DELETE /api/desk/cases/cs_1/attachments/at_1'
  await open({ [list]: [listed(attachment({ kind: 'pdf', material: null, has_preview: false, added_by: '林示例', removable: true })), listed()], [remove]: [{ status: 204 }] })
  expect(shown.findAll('button').map((each) => each.text())).toEqual(['存原件', '删掉'])
  expect(shown.text()).toContain('林示例')
  await press('删掉')
  await press('对，删掉')
  expect(server.asked.some(({ what }) => what === remove)).toBe(true)
  expect(document.activeElement?.textContent).toBe('照片和文件')
  expect(shown.text()).toContain('还没有人加过')
})

test('one is added at the window, and not once the case is over', async () => {
  await open({ [list]: [listed()] })
  const field = shown.get('input[type=file]')
  Object.defineProperty(field.element, 'files', { value: [new File(['x'], '扫描.pdf')], configurable: true })
  Object.defineProperty(field.element, 'value', { value: '', writable: true, configurable: true })
  PretendUpload.answers = [{ status: 201, body: attachment() }]
  await field.trigger('change')
  await settle()
  expect(PretendUpload.sent.map(({ path }) => path)).toEqual(['/api/desk/cases/cs_1/attachments'])
  shown.unmount()
  await open({ [list]: [listed()] }, 'done')
  expect(shown.find('input').exists()).toBe(false)
})
