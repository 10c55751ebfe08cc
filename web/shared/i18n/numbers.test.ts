import { expect, test } from 'vitest'
import { digits_of, spaced } from './numbers'

test('numbers are spaced as they are read out; others are left alone', () => {
  expect(spaced('13800138000')).toBe('138 0013 8000')
  expect(spaced(' 02159120000 ')).toBe('02159120000')
  expect(spaced('31011419520308002X')).toBe('310114 19520308 002X')
})

test('the digits of a code, however they were typed', () => {
  expect(digits_of('１２３ ４５６')).toBe('123456')
  expect(digits_of('验证码 123456，')).toBe('123456')
})
