// What an officer types to find somebody: one field, and the form of what stands in it says what is meant.

export type Search = 'name' | 'phone' | 'identity_number' | 'last_four'
export type Meaning = { by: Search; value: string } | { fault: 'missing' | 'name_short' | 'digits_short' }

/** A number without the spaces and dashes that it may be written with, its check letter large. */
export function plain_number(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
}

export function meaning_of(typed: string): Meaning {
  const text = typed.normalize('NFKC').trim()
  const number = plain_number(text)
  if (number === '') return { fault: 'missing' }
  if (/^\d{17}[\dX]$/.test(number)) return { by: 'identity_number', value: number }
  if (/^\d{3}[\dX]$/.test(number)) return { by: 'last_four', value: number }
  if (/^\+?\d{5,}$/.test(number)) return { by: 'phone', value: number }
  if (/^\+?\d*X?$/.test(number)) return { fault: 'digits_short' }
  return [...text.replace(/\s/g, '')].length < 2 ? { fault: 'name_short' } : { by: 'name', value: text }
}
