// The deadlines of a venue by their day, and the alarms of those that were missed.
import { body, client } from '@shared/api/client'
import type { CaseAlarm, DeadlineRow } from '@shared/api/types'
import { days_between } from '@shared/i18n/days'
import { page_length } from '../use_pages'

export const parts = ['board', 'alarms', 'above'] as const
export type Part = (typeof parts)[number]
/** Which part an address means; all deadlines where it says nothing. */
export const part_in = (said: unknown): Part => parts.find((each) => each === said) ?? 'board'
export const path_of = (part: Part): string => (part === 'board' ? '/deadlines' : `/deadlines?list=${part}`)

export const deadlines_of = (venue: string, cursor?: string) =>
  body(client.GET('/api/desk/deadlines', { params: { query: { venue, cursor, limit: page_length } } }))
/** Of a venue; without one, those that nobody has answered at the venues that one manages. */
export const alarms_of = (venue: string | undefined, cursor?: string) =>
  body(client.GET('/api/desk/alarms', { params: { query: { venue, cursor, limit: page_length } } }))

/** Days of the calendar, Sundays and holidays among them: below nothing, it is late by so many. */
export function left_until(due: string, today: string): { words: 'left.late' | 'left.today' | 'left.tomorrow' | 'left.days'; count: number } {
  const days = days_between(today, due)
  if (days < 0) return { words: 'left.late', count: -days }
  return { words: days === 0 ? 'left.today' : days === 1 ? 'left.tomorrow' : 'left.days', count: days }
}

/** What is late together, whatever its day, and then day by day; they come in this order. */
export function by_day(rows: readonly DeadlineRow[], today: string): { day: string | null; rows: DeadlineRow[] }[] {
  const groups: { day: string | null; rows: DeadlineRow[] }[] = []
  for (const row of rows) {
    const day = row.due < today ? null : row.due
    const last = groups.at(-1)
    if (last && last.day === day) last.rows.push(row)
    else groups.push({ day, rows: [row] })
  }
  return groups
}

/** Whether somebody has said what is done about one that was missed; nothing is to be said of one that was not. */
export function answered(row: Pick<DeadlineRow, 'state' | 'alarm'>): 'alarm.open' | 'alarm.above' | 'alarm.answered' | null {
  if (row.state !== 'missed') return null
  return row.alarm === null ? 'alarm.answered' : row.alarm > 1 ? 'alarm.above' : 'alarm.open'
}

/** What a deadline and an alarm say alike of a case. */
export type Facts = Pick<CaseAlarm, 'case_id' | 'reference' | 'matter' | 'kind' | 'step' | 'who' | 'first_contact' | 'handler'>
