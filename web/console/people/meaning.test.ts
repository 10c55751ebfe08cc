import { expect, test } from 'vitest'
import { meaning_of, plain_number } from './meaning'

test.each([
  ['张示', 'name', '张示'],
  [' 示例 ', 'name', '示例'],
  ['Zhang Shi', 'name', 'Zhang Shi'],
  ['欧X', 'name', '欧X'],
  ['00000000027', 'phone', '00000000027'],
  ['000 0000 0027', 'phone', '00000000027'],
  ['+86 000-0000-0027', 'phone', '+8600000000027'],
  ['59160000', 'phone', '59160000'],
  ['００００００００００２７', 'phone', '000000000027'],
  ['000000195203080032', 'identity_number', '000000195203080032'],
  ['000000 19520308 002x', 'identity_number', '00000019520308002X'],
  ['0028', 'last_four', '0028'],
  ['002x', 'last_four', '002X'],
])('%s is a %s', (typed, by, value) => expect(meaning_of(typed)).toEqual({ by, value }))

test.each([
  ['', 'missing'],
  ['  ', 'missing'],
  ['张', 'name_short'],
  [' 张 ', 'name_short'],
  ['02', 'digits_short'],
  ['28X', 'digits_short'],
  ['+86', 'digits_short'],
])('%j cannot be looked for: %s', (typed, fault) => expect(meaning_of(typed)).toEqual({ fault }))

test('a number is kept without what it was written with', () => expect(plain_number(' ０００-002x ')).toBe('000002X'))
