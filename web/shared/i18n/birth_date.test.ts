import { afterEach, expect, test } from 'vitest'
import { speak_in } from '@shared/i18n'
import { read_day, written } from './birth_date'

const now = new Date('2026-11-24T08:00:00Z')
afterEach(() => speak_in('zh'))

test.each([
  ['1952年3月8日', '1952-03-08'],
  ['1952 年 3 月 8 日', '1952-03-08'],
  ['1952-03-08', '1952-03-08'],
  ['1952.3.8', '1952-03-08'],
  ['19520308', '1952-03-08'],
  ['１９５２年１２月３１日', '1952-12-31'],
  ['8 March 1952', '1952-03-08'],
  ['March 8, 1952', '1952-03-08'],
  ['8 mar 1952', '1952-03-08'],
  ['1952年2月29日', '1952-02-29'],
])('%s is %s', (typed, day) => {
  expect(read_day(typed, now)).toBe(day)
})

test.each(['', '三月八日', '3/8/1952', '1952', '1952年3月', '1953年2月29日', '1952年13月1日', '1899年1月1日', '2026年11月25日', '8 Mayday 1952', '1952年3月8日9'])('%s is no day of birth', (typed) => {
  expect(read_day(typed, now)).toBe(null)
})

test('what is written is read again', () => {
  expect(written('1952-03-08')).toBe('1952年3月8日')
  speak_in('en')
  expect(written('1952-03-08')).toBe('8 March 1952')
  expect(read_day(written('1952-03-08'), now)).toBe('1952-03-08')
  expect(written(null)).toBe('')
})
