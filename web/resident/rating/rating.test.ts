import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server } from '@shared/api/pretend_server'
import type { OwnRating } from '@shared/api/types'
import { put_off } from './put_off'
import RatingCard from './RatingCard.vue'

const own = (more: Partial<OwnRating> = {}): OwnRating => ({ may_rate: true, grade: null, follow_up: null, call_back_by: null, review: null, ...more })
const read = 'GET /api/cases/abc/rating'
const rate = 'POST /api/cases/abc/rating'
const appeal = 'POST /api/cases/abc/rating/appeal'

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper

beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown.unmount()
  put_off.clear()
  vi.unstubAllGlobals()
})

async function open(rating: OwnRating) {
  server.answers[read] = [{ body: rating }]
  shown = mount(RatingCard, { props: { token: 'abc' }, attachTo: document.body })
  await flushPromises()
}
async function choose(words: string) {
  await shown.findAll('label').find((each) => each.text() === words)!.get('input').setValue(true)
}
async function press(words: string) {
  const button = shown.findAll('button').find((each) => each.text() === words)!
  await (button.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
const bodies = (what: string) => server.asked.filter((each) => each.what === what).map((each) => each.body)

test('a low grade goes out with its remarks, and it is said by when somebody calls', async () => {
  await open(own())
  server.answers[rate] = [{ status: 201, body: own({ may_rate: false, grade: 'poor', follow_up: 'open', call_back_by: '2026-12-02' }) }]
  expect(shown.text()).not.toContain('发出去')
  await choose('非常满意')
  await choose('办得快')
  await choose('不满意')
  expect(shown.text()).not.toContain('办得快')
  await choose('等得太久')
  const [words, phone] = [shown.get('textarea'), shown.get('input[type=tel]')]
  await words.setValue(' 问了三次 ')
  await phone.setValue('')
  await press('发出去')
  expect(bodies(rate)).toEqual([{ grade: 'poor', remarks: ['long_wait'], words: '问了三次', phone: null }])
  expect(shown.text()).toContain('最晚 12月2日 星期三')
  expect(document.activeElement?.textContent).toBe('谢谢你，记下了')
})

test('of a good grade nobody asks for a phone', async () => {
  await open(own())
  server.answers[rate] = [{ status: 201, body: own({ may_rate: false, grade: 'good', follow_up: 'none' }) }]
  await choose('不满意')
  await shown.get('input[type=tel]').setValue('00000000027')
  await choose('满意')
  expect(shown.find('input[type=tel]').exists()).toBe(false)
  await press('发出去')
  expect(bodies(rate)).toEqual([{ grade: 'good', remarks: [], words: null, phone: null }])
})

test('whoever would rather not is not asked again on this visit', async () => {
  await open(own())
  await press('先不说')
  expect(shown.text()).toBe('好的。什么时候想说，再打开这一页就行。')
  shown.unmount()
  await open(own())
  expect(shown.text()).toBe('')
})

test('nothing is asked where nothing may be rated', async () => {
  await open(own({ may_rate: false }))
  expect(shown.text()).toBe('')
})

test('after the call back one appeals with words, and reads the answer', async () => {
  await open(own({ may_rate: false, grade: 'very_poor', follow_up: 'called_back' }))
  server.answers[appeal] = [{ body: own({ may_rate: false, grade: 'very_poor', follow_up: 'appealed' }) }]
  await press('请另一位负责人再看一看')
  expect(shown.get('[role=alert]').text()).toBe('请写一写哪里不满意。')
  expect(bodies(appeal)).toEqual([])
  await shown.get('textarea').setValue('还是没有说清楚')
  await press('请另一位负责人再看一看')
  expect(bodies(appeal)).toEqual([{ words: '还是没有说清楚' }])
  expect(shown.text()).toContain('由没有打过这个电话的另一位负责人来看')
  shown.unmount()
  await open(own({ may_rate: false, grade: 'very_poor', follow_up: 'reviewed', review: '是我们做得不好。' }))
  expect(shown.text()).toContain('是我们做得不好。')
})
