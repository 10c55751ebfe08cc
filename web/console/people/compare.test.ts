import { expect, test } from 'vitest'
import type { PersonFacts, PersonView } from '@shared/api/types'
import { compare, name_of, two_numbers, version_of, type Side } from './compare'

const view = (more: Partial<PersonView> = {}): PersonView => ({ id: 'pe_1', version: 3, name: '张*', phone: '000****0027', identity_number: null, erased: false, ...more })
const facts = (more: Partial<PersonFacts> = {}): PersonFacts => ({ id: 'pe_1', version: 3, name: '张示例', phone: '00000000027', identity_number: null, birth_date: null, address: null, volunteering: null, ...more })
const masked = (more: Partial<PersonView> = {}): Side => ({ view: view(more), facts: null })
const full = (more: Partial<PersonFacts> = {}): Side => ({ view: view(), facts: facts(more) })

test('masked, what is written alike is only alike', () => {
  expect(compare(masked(), masked({ phone: null, identity_number: '**************004X' }))).toEqual([
    { fact: 'name', first: '张*', second: '张*', likeness: 'alike' },
    { fact: 'identity_number', first: '', second: '…004X', likeness: 'one' },
    { fact: 'phone', first: '000****0027', second: '', likeness: 'one' },
  ])
})

test('in full, all that may be known stands side by side', () => {
  const lines = compare(full({ address: '示例路 3 号' }), full({ name: '张小示例', address: '示例路 3 号' }))
  expect(lines.map((line) => [line.fact, line.likeness])).toEqual([
    ['name', 'differ'], ['identity_number', 'none'], ['birth_date', 'none'], ['phone', 'same'], ['address', 'same'],
  ])
})

test('one in full and one masked are not called different by how they are written', () => {
  const lines = compare({ view: null, facts: facts() }, masked())
  expect(lines.map((line) => line.likeness)).toEqual([null, 'none', null])
  expect(lines[0]).toMatchObject({ first: '张示例', second: '张*' })
})

test('two identity numbers are two people, masked or not', () => {
  expect(two_numbers(compare(masked({ identity_number: '**************004X' }), masked({ identity_number: '**************0032' })))).toBe(true)
  expect(two_numbers(compare(masked({ identity_number: '**************004X' }), masked()))).toBe(false)
  const whole = { view: null, facts: facts({ identity_number: '00000019610512004X' }) }
  expect(two_numbers(compare(whole, masked({ identity_number: '**************0032' })))).toBe(true)
  expect(two_numbers(compare(whole, masked({ identity_number: '**************004X' })))).toBe(false)
  expect(two_numbers(compare(full({ identity_number: '00000019610512004X' }), full({ identity_number: '00000019620512004X' })))).toBe(true)
})

test('what was looked at last knows better', () => {
  expect(version_of({ view: view({ version: 5 }), facts: facts({ version: 4 }) })).toBe(5)
  expect(name_of(full())).toBe('张示例')
  expect(name_of(masked())).toBe('张*')
})
