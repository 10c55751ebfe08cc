import { expect, test } from 'vitest'
import { act_of, reason_of } from './looks'

test.each([
  ['look_at_person', true, '看了全部内容'],
  ['look_at_person', false, '想看全部内容'],
  ['identity_number_known', false, '登记的时候，填了你的身份证号码'],
  ['look_at_self', true, '看了全部内容'],
  ['something_of_tomorrow', true, '用到了登记的内容'],
  ['something_of_tomorrow', false, '想用登记的内容'],
])('%s, allowed %s: %s', (action, allowed, words) => {
  expect(act_of({ action, allowed })).toBe(words)
})

test('a reason is shown where somebody wrote one', () => {
  expect(reason_of({ action: 'look_at_person', purpose: '核对住址' })).toBe('核对住址')
  expect(reason_of({ action: 'correct_person', purpose: 'correcting' })).toBe('')
})
