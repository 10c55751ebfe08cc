import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server } from '@shared/api/pretend_server'
import AnswersPanel from './AnswersPanel.vue'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
const looking = 'POST /api/desk/cases/cs_1/answers'

beforeEach(() => {
  server = pretend_server()
  shown = mount(AnswersPanel, { props: { id: 'cs_1' }, attachTo: document.body })
})
afterEach(() => {
  shown.unmount()
  vi.unstubAllGlobals()
})
async function look(why: string) {
  await shown.get('input').setValue(why)
  await shown.get('form').trigger('submit')
  await flushPromises()
}

test('the answers are seen by those who say why, and are put away again', async () => {
  server.answers[looking] = [
    { status: 403, body: { code: 'not_allowed', title: '不可以看', detail: '' } },
    { body: { answers: [{ ask: { zh: '介绍信到哪天', en: '' }, answer: '2027-01-31' }, { ask: { zh: '从哪里来', en: '' }, answer: '外省市' }] } },
  ]
  await look(' ')
  expect(server.asked).toHaveLength(0)
  await look('核对')
  expect(shown.get('[role=alert]').text()).toContain('不可以看')
  await look('核对')
  expect(server.asked.at(-1)).toMatchObject({ what: looking, body: { purpose: '核对' } })
  expect(shown.text()).toContain('2027年1月31日')
  expect(shown.text()).toContain('外省市')
  await shown.get('button').trigger('click')
  expect(shown.text()).not.toContain('外省市')
  expect(shown.get('input').element.value).toBe('')
})
