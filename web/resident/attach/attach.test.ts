import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import { PretendUpload } from '@shared/api/pretend_upload'
import type { AttachmentView } from '@shared/api/types'
import { bytes_max, size_of } from '@shared/attachments/additions'
import AttachmentsCard from './AttachmentsCard.vue'

const text = (zh: string) => ({ zh, en: zh })
const materials = [{ key: 'card', name: text('身份证'), state: 'missing', received_at: null, received_by: null, follows_by: null, may_follow: false }] as never
const attachment = (more: Partial<AttachmentView> = {}): AttachmentView => ({
  id: 'at_1', kind: 'jpeg', size: 310_000, material: 'card', added_at: '2026-11-24T01:00:00Z', added_by: null, has_preview: true, removable: true, ...more,
})
const listed = (room: number, ...items: AttachmentView[]): Said => ({ body: { items, room } })
const list = 'GET /api/cases/T/attachments'
const remove = 'DELETE /api/cases/T/attachments/at_1'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => {
  server = pretend_server()
  PretendUpload.sent = []
  PretendUpload.answers = []
  vi.stubGlobal('XMLHttpRequest', PretendUpload)
})
afterEach(() => {
  shown.unmount()
  vi.unstubAllGlobals()
})

async function settle() {
  for (let count = 0; count < 8; count += 1) await flushPromises()
}
async function open(answers: Record<string, Said[]>, over = false) {
  server.answers = answers
  shown = mount(AttachmentsCard, { props: { token: 'T', materials, over }, attachTo: document.body })
  await settle()
}
async function pick(which: number, ...files: File[]) {
  const field = shown.findAll('input[type=file]')[which]!
  Object.defineProperty(field.element, 'files', { value: files, configurable: true })
  Object.defineProperty(field.element, 'value', { value: '', writable: true, configurable: true })
  await field.trigger('change')
  await settle()
}
async function press(words: string) {
  const button = shown.findAll('button').find((each) => each.text() === words)
  if (!button) throw new Error(`no button “${words}” in: ${shown.text()}`)
  await button.trigger('click')
  await settle()
}

test('what is there has its preview, whose it is and how large; nobody removes what somebody else added', async () => {
  await open({ [list]: [listed(18, attachment(), attachment({ id: 'at_2', kind: 'pdf', material: null, added_by: '林示例', has_preview: false, removable: false }))] })
  const image = shown.get('img')
  expect(image.attributes('src')).toBe('/api/cases/T/attachments/at_1?preview=true')
  expect(image.attributes('alt')).toBe('身份证')
  const [own, other] = shown.findAll('li')
  expect(own!.text()).toContain('你发的')
  expect(own!.text()).toContain('303 KB')
  expect(own!.get('a').attributes('href')).toBe('/api/cases/T/attachments/at_1')
  expect(other!.text()).toContain('林示例 加的')
  expect(other!.text()).toContain('PDF 没有预览图')
  expect(other!.find('button').exists()).toBe(false)
})

test('a photo is taken with the camera, said to be one of the papers, and sent as it is', async () => {
  await open({ [list]: [listed(20), listed(19, attachment())] })
  const camera = shown.findAll('input[type=file]')[0]!
  expect(camera.attributes('capture')).toBe('environment')
  expect(shown.findAll('input[type=file]')[1]!.attributes('accept')).toContain('application/pdf')
  await shown.get('select').setValue('card')
  PretendUpload.answers = [{ status: 201, body: attachment() }]
  await pick(0, new File(['photo'], 'IMG_1.jpg'))
  expect(PretendUpload.sent.map(({ path }) => path)).toEqual(['/api/cases/T/attachments?material=card'])
  expect(PretendUpload.sent[0]!.headers['Content-Type']).toBe('application/octet-stream')
  expect(new TextDecoder().decode(PretendUpload.sent[0]!.bytes)).toBe('photo')
  expect(shown.findAll('[role=status]').map((each) => each.text())).toContain('发到了')
  expect(shown.findAll('img')).toHaveLength(1)
})

test('what the network lost waits, and goes under the same key; what was refused is not sent again', async () => {
  await open({ [list]: [listed(20)] })
  PretendUpload.answers = ['lost']
  await pick(1, new File(['one'], '一.jpg'), new File(['two'], '二.jpg'))
  expect(shown.get('[role=alert]').text()).toContain('没发成：一.jpg')
  expect(shown.text()).toContain('等着发：二.jpg')
  PretendUpload.answers = [{ status: 201, body: attachment() }, { status: 400, body: { code: 'attachment_broken', title: '这张照片打不开', detail: '请换一张。' } }]
  await press('再发一次')
  expect(PretendUpload.sent.map(({ headers }) => headers['Idempotency-Key'] === PretendUpload.sent[0]!.headers['Idempotency-Key'])).toEqual([true, true, false])
  expect(shown.get('[role=alert]').text()).toContain('没发成：二.jpg')
  expect(shown.get('[role=alert]').text()).toContain('这张照片打不开')
  expect(shown.findAll('button').some((each) => each.text() === '再发一次')).toBe(false)
  await press('不发了')
  expect(shown.find('[role=alert]').exists()).toBe(false)
})

test('it goes on by itself when the network is back', async () => {
  await open({ [list]: [listed(20)] })
  PretendUpload.answers = ['lost']
  await pick(1, new File(['one'], '一.jpg'))
  PretendUpload.answers = [{ status: 201, body: attachment() }]
  dispatchEvent(new Event('online'))
  await settle()
  expect(PretendUpload.sent).toHaveLength(2)
  expect(shown.findAll('[role=status]').map((each) => each.text())).toContain('发到了')
})

test('what is too large, or empty, is told at once and sent nowhere', async () => {
  await open({ [list]: [listed(20)] })
  await pick(1, new File([new Uint8Array(bytes_max + 1)], '大.jpg'), new File([], '空.pdf'))
  expect(shown.findAll('[role=alert]').map((each) => each.text()).join()).toMatch(/超过 10 MB.*空的/)
  expect(PretendUpload.sent).toEqual([])
})

test('removing is asked once more, and told', async () => {
  await open({ [list]: [listed(19, attachment()), listed(20)], [remove]: [{ status: 204 }] })
  await press('删掉')
  expect(document.activeElement?.textContent).toContain('找不回来')
  await press('不删')
  expect(server.asked.some(({ what }) => what === remove)).toBe(false)
  await press('删掉')
  await press('对，删掉')
  expect(server.asked.filter(({ what }) => what === remove)).toHaveLength(1)
  expect(document.activeElement?.textContent).toBe('删掉了')
  expect(shown.text()).toContain('还没有发过')
})

test('what is full or over takes no more', async () => {
  await open({ [list]: [listed(0, attachment({ removable: false }))] }, true)
  expect(shown.text()).toContain('这件事已经结束')
  expect(shown.find('input').exists()).toBe(false)
  expect(shown.findAll('button')).toHaveLength(0)
  shown.unmount()
  await open({ [list]: [listed(0, attachment())] })
  expect(shown.text()).toContain('已经放满了')
  expect(shown.find('input').exists()).toBe(false)
})

test('a size is said shortly', () => {
  expect([1, 1_024, 310_000, 2_500_000].map(size_of)).toEqual(['1 KB', '1 KB', '303 KB', '2.4 MB'])
})
