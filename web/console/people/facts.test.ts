import { afterEach, expect, test } from 'vitest'
import { speak_in } from '@shared/i18n'
import { read_fact, shown } from './facts'

afterEach(() => speak_in('zh'))

test.each([
  ['name', ' 张示例 ', '张示例'],
  ['phone', '000-0000-0027', '00000000027'],
  ['phone', '+86 13800138000', '13800138000'],
  ['phone', '0086 13800138000', '13800138000'],
  ['phone', '+351 210 000 000', '+351210000000'],
  ['phone', '', null],
  ['identity_number', '000000 19610512 004x', '00000019610512004X'],
  ['identity_number', ' ', null],
  ['birth_date', '1961年5月12日', '1961-05-12'],
  ['birth_date', '', null],
  ['address', '示例路 １ 号 ', '示例路 1 号'],
  ['address', '', null],
] as const)('%s typed as %j is kept as %j', (fact, typed, kept) => expect(read_fact(fact, typed)).toEqual({ kept }))

test.each([
  ['name', ' '],
  ['phone', '1234'],
  ['phone', '000000000000000000000'],
  ['phone', '0000a0000'],
  ['identity_number', '000000196105120041'],
  ['birth_date', '1961年2月29日'],
] as const)('%s typed as %j is a fault', (fact, typed) => expect(read_fact(fact, typed)).toEqual({ fault: fact }))

test('what is kept is shown as people read it, and read again as it was', () => {
  for (const [fact, kept, said] of [
    ['birth_date', '1961-05-12', '1961年5月12日'], ['phone', '13800138000', '138 0013 8000'], ['identity_number', '00000019610512004X', '000000 19610512 004X'],
  ] as const) {
    expect(shown(fact, kept)).toBe(said)
    expect(read_fact(fact, said)).toEqual({ kept })
  }
  expect(shown('address', null)).toBe('')
  speak_in('en')
  expect(shown('birth_date', '1961-05-12')).toBe('12 May 1961')
})
