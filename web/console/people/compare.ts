// Two records side by side, to see whether they are of one person: masked, or in full once both were looked at.
import type { PersonFacts, PersonView } from '@shared/api/types'
import { fact_names, shown, type FactName } from './facts'

/** What is known of a record: as lists show it, in full, or both. */
export type Side = { view: PersonView | null; facts: PersonFacts | null }
export type Likeness = 'same' | 'alike' | 'differ' | 'one' | 'none'
export type Line = { fact: FactName; first: string; second: string; likeness: Likeness | null }

const in_lists = ['name', 'identity_number', 'phone'] as const satisfies readonly FactName[]
const listed = (fact: FactName): fact is (typeof in_lists)[number] => (in_lists as readonly FactName[]).includes(fact)

export const name_of = (side: Side): string => side.facts?.name ?? side.view?.name ?? ''
export const version_of = (side: Side): number => Math.max(side.view?.version ?? 0, side.facts?.version ?? 0)
export const both_in_full = (first: Side, second: Side): boolean => first.facts !== null && second.facts !== null

function value(side: Side, fact: FactName, in_full: boolean): string {
  if (!in_full && side.view && listed(fact)) return (side.view[fact] ?? '').replace(/^\*+(?=[\dX]{4}$)/, '…')
  return side.facts ? shown(fact, side.facts[fact]) : ''
}

type Shown = 'in full' | 'masked' | 'one of each'

/** What is masked alike may still differ in what is hidden. Of a whole number and a masked one only the last four tell. */
function likeness(fact: FactName, first: string, second: string, as: Shown): Likeness | null {
  if (!first && !second) return 'none'
  if (!first || !second) return 'one'
  if (as === 'one of each') return fact !== 'name' && first.slice(-4) !== second.slice(-4) ? 'differ' : null
  if (first !== second) return 'differ'
  return as === 'in full' ? 'same' : 'alike'
}

export function compare(first: Side, second: Side): Line[] {
  const in_full = both_in_full(first, second)
  const as = in_full ? 'in full' : first.view && second.view ? 'masked' : 'one of each'
  return (in_full ? fact_names : in_lists).map((fact) => {
    const line = { fact, first: value(first, fact, in_full), second: value(second, fact, in_full) }
    return { ...line, likeness: likeness(fact, line.first, line.second, as) }
  })
}

/** Two numbers are two people, unless one of them is a mistake; nobody merges before that is said. */
export const two_numbers = (lines: readonly Line[]): boolean => lines.some((line) => line.fact === 'identity_number' && line.likeness === 'differ')
