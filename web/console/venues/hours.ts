// When a venue is open, as people say it and as they type it.
import type { Opening, WeekdayView } from '@shared/api/types'
import { language } from '@shared/i18n'
import { hours } from '@shared/i18n/dates'
import { t } from './texts'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof weekdays)[number]
/** A span of the day, and the days that have it. */
export type Span = { days: Weekday[]; opens: string; closes: string }
export const spans_max = 12

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const noon = 12 * 60
/** Whoever is away for longer comes back for the evening, not from lunch. */
const break_max_minutes = 4 * 60

/** "8:30", "0830", "8：30" and "８点半" as far as that is a time: 08:30; null when it is none. A day ends at 24:00. */
export function read_time(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.时点h])?(\d{2})?分?$/.exec(typed.normalize('NFKC').replace(/\s/g, '').replace(/[点时]半$/, '点30'))
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)]
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** The week as it is typed: a line for each span, with the days that have it. */
export function spans_of(week: readonly WeekdayView[]): Span[] {
  const found = new Map<string, Span>()
  for (const { weekday, openings } of week) {
    for (const { opens, closes } of openings) {
      const span = found.get(opens + closes) ?? { days: [], opens, closes }
      span.days.push(weekday as Weekday)
      found.set(opens + closes, span)
    }
  }
  return [...found.values()].sort((one, other) => one.days[0]! - other.days[0]! || one.opens.localeCompare(other.opens))
}

export type Line = { days: Weekday[]; openings: Opening[] }
/** The week as it is read: days that follow one another and are alike stand in one line; all seven are there. */
export function lines_of(week: readonly WeekdayView[]): Line[] {
  const lines: Line[] = []
  for (const weekday of weekdays) {
    const openings = week.find((each) => each.weekday === weekday)?.openings ?? []
    const last = lines.at(-1)
    if (last && JSON.stringify(last.openings) === JSON.stringify(openings)) last.days.push(weekday)
    else lines.push({ days: [weekday], openings })
  }
  return lines
}

/** 星期一至星期五 / Monday to Friday */
export function say_days(days: readonly Weekday[]): string {
  const sorted = [...days].sort((one, other) => one - other)
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  if (sorted.length === 7) return t('day.every')
  if (sorted.length > 2 && last - first === sorted.length - 1) return t('day.range', { first: t(`day.${first}`), last: t(`day.${last}`) })
  return sorted.map((day) => t(`day.${day}`)).join(language.value === 'zh' ? '、' : ', ')
}

/** The break over noon between two spans; none when there is none. */
export function lunch(openings: readonly Opening[]): { from: string; until: string } | null {
  for (const [index, { closes }] of openings.entries()) {
    const next = openings[index + 1]
    if (!next || minutes(closes) > noon + 60 || minutes(next.opens) < noon) continue
    const length = minutes(next.opens) - minutes(closes)
    if (length > 0 && length <= break_max_minutes) return { from: closes, until: next.opens }
  }
  return null
}

/** 08:30–11:30，13:00–17:00（中午 11:30–13:00 休息） */
export function say_openings(openings: readonly Opening[]): string {
  if (openings.length === 0) return t('hours.closed')
  const rest = lunch(openings)
  return hours([...openings]) + (rest ? t('hours.lunch', rest) : '')
}

export type Fault = { index: number; what: 'days' | 'time' | 'order' }
/** What was typed as it is kept, or which line cannot be. */
export function read_spans(spans: readonly Span[]): { hours: Span[] } | { fault: Fault } {
  const kept: Span[] = []
  for (const [index, span] of spans.entries()) {
    const opens = read_time(span.opens)
    const closes = read_time(span.closes)
    if (span.days.length === 0) return { fault: { index, what: 'days' } }
    if (!opens || !closes) return { fault: { index, what: 'time' } }
    if (minutes(opens) >= minutes(closes)) return { fault: { index, what: 'order' } }
    kept.push({ days: [...span.days].sort((one, other) => one - other), opens, closes })
  }
  return { hours: kept }
}
