import { describe, expect, test } from 'vitest'
import { birth_date_in, is_identity_number } from './identity_number'

// Invented, of places that do not exist (000000).
describe('an identity number', () => {
  test.each(['000000195203080032', '00000019610512004X', '00000019610512004x', '000000 19610512 004X', '０００000194803070028'])('%s is one', (number) => {
    expect(is_identity_number(number)).toBe(true)
  })
  test.each([
    ['', 'nothing'],
    ['000000195203080033', 'a wrong last character'],
    ['000000195203080302', 'two swapped'],
    ['00000019520308003', 'one short'],
    ['0000001952030800322', 'one too many'],
    ['000000195202300037', 'a day that is not in the calendar'],
    ['A00000195203080032', 'a letter'],
  ])('%s is none: %s', (number) => expect(is_identity_number(number)).toBe(false))
  test('tells the day of birth', () => {
    expect(birth_date_in('00000019610512004X')).toBe('1961-05-12')
    expect(birth_date_in('000000195202300037')).toBeNull()
  })
})
