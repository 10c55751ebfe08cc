// Which column of the sheet holds what. A column holds one thing only: who takes it leaves another without.
import type { ImportColumn, ImportRowView } from '@shared/api/types'
import { t } from './texts'

export type Mapping = Readonly<Record<string, number>>

/** 0 A, 25 Z, 26 AA: as the program calls it in which the sheet was made. */
export function letter_of(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : letter_of(Math.floor(at / 26) - 1) + last
}
export const heading_of = (headings: readonly string[], at: number): string =>
  headings[at] ? t('columns.at', { heading: headings[at], letter: letter_of(at) }) : t('columns.at.unnamed', { letter: letter_of(at) })

/** Puts something into a column of the sheet, or into none; `from` is what had that column before. */
export function place(mapping: Mapping, key: string, at: number | null): { mapping: Mapping; from: string | null } {
  const others = Object.entries(mapping).filter(([other]) => other !== key)
  const from = others.find(([, taken]) => taken === at)?.[0] ?? null
  const kept = others.filter(([other]) => other !== from)
  return { mapping: Object.fromEntries(at === null ? kept : [...kept, [key, at]]), from }
}
export const missing_in = (mapping: Mapping, columns: readonly ImportColumn[]): ImportColumn[] => columns.filter(({ key, required }) => required && !(key in mapping))
export const is_same = (one: Mapping, other: Mapping): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([key, at]) => other[key] === at)

/** What stands in the first rows of a column, each text once. */
export const samples_of = (rows: readonly ImportRowView[], at: number): string[] => [...new Set(rows.map(({ cells }) => cells[String(at)] ?? '').filter(Boolean))]
/** Columns of the sheet that hold something and are used for nothing. */
export const unused_in = (mapping: Mapping, headings: readonly string[]): string[] => headings.filter((heading, at) => heading !== '' && !Object.values(mapping).includes(at))
