import { expect, test } from 'vitest'
import { meaning_of } from './meaning'

test.each([
  ['NX-2026-000123', 'number', 'NX-2026-000123'],
  ['nx 2026 000123', 'number', 'NX-2026-000123'],
  ['ＮＸ－2026－123', 'number', 'NX-2026-000123'],
  ['123', 'number', '123'],
  [' 000123 ', 'number', '000123'],
  ['59160000', 'phone', '59160000'],
  ['000 0000 0027', 'phone', '00000000027'],
  ['+86 000-0000-0027', 'phone', '+8600000000027'],
  ['示例', 'name', '示例'],
  ['Zhang Shi', 'name', 'Zhang Shi'],
])('%s is a %s', (typed, by, value) => expect(meaning_of(typed)).toEqual({ by, value }))

test.each([
  ['', 'missing'],
  ['  ', 'missing'],
  ['张', 'name_short'],
])('%j finds nothing: %s', (typed, fault) => expect(meaning_of(typed)).toEqual({ fault }))
