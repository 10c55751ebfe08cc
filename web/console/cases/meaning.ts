// What an officer types to find a case: a number opens it, and anything else is said of its applicant.
import { plain_number } from '../people/meaning'

export type Meaning = { by: 'number' | 'phone' | 'name'; value: string } | { fault: 'missing' | 'name_short' }

const digits_of_reference = 6

export function meaning_of(typed: string): Meaning {
  const text = typed.normalize('NFKC').trim()
  const number = plain_number(text)
  if (number === '') return { fault: 'missing' }
  const reference = /^([A-Z]+)(\d{4})(\d{1,6})$/.exec(number)
  if (reference) return { by: 'number', value: `${reference[1]}-${reference[2]}-${reference[3]!.padStart(digits_of_reference, '0')}` }
  // A whole phone number is longer than the digits of a reference.
  if (/^\+?\d+$/.test(number)) return { by: number.length > digits_of_reference ? 'phone' : 'number', value: number }
  return [...text.replace(/\s/g, '')].length < 2 ? { fault: 'name_short' } : { by: 'name', value: text }
}
