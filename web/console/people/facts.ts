// What may be known of a person, and how an officer writes it.
import { read_day, written } from '@shared/i18n/birth_date'
import { spaced } from '@shared/i18n/numbers'
import type { PersonFacts } from '@shared/api/types'
import { is_identity_number } from './identity_number'
import { plain_number } from './meaning'

export const fact_names = ['name', 'identity_number', 'birth_date', 'phone', 'address'] as const satisfies readonly (keyof PersonFacts)[]
export type FactName = (typeof fact_names)[number]
export const is_fact = (name: string): name is FactName => (fact_names as readonly string[]).includes(name)

const phone_length_max = 20

export type Facts = Pick<PersonFacts, FactName>
/** A fact as it is kept; null for none. */
export type Kept = string | null

/** As people read it; empty for none. */
export function shown(fact: FactName, kept: Kept): string {
  if (fact === 'birth_date') return written(kept)
  return fact === 'phone' || fact === 'identity_number' ? spaced(kept ?? '') : kept ?? ''
}

/** What was typed, as it is kept, or that it cannot be. */
export function read_fact(fact: FactName, typed: string): { kept: Kept } | { fault: Exclude<FactName, 'address'> } {
  const text = typed.normalize('NFKC').trim()
  switch (fact) {
    case 'name': return text ? { kept: text } : { fault: 'name' }
    case 'address': return { kept: text || null }
    case 'phone': {
      const number = plain_number(text).replace(/^(\+86|0086)(?=\d{11}$)/, '')
      return number === '' || (/^\+?\d{5,}$/.test(number) && number.length <= phone_length_max) ? { kept: number || null } : { fault: 'phone' }
    }
    case 'identity_number':
      if (!text) return { kept: null }
      return is_identity_number(text) ? { kept: plain_number(text) } : { fault: 'identity_number' }
    case 'birth_date': {
      if (!text) return { kept: null }
      const day = read_day(text)
      return day ? { kept: day } : { fault: 'birth_date' }
    }
  }
}
