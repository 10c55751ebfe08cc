// The days of a year: which are worked, by whose word, and what another word of the town's would mean.
import type { CalendarDayView } from '@shared/api/types'
import { say } from '@shared/i18n'
import { add_days, add_months, weekday_of } from '../days'
import { t } from './texts'

export type Named = ReadonlyMap<string, CalendarDayView>
export const named_of = (days: readonly CalendarDayView[]): Named => new Map(days.map((each) => [each.day, each]))

const monday = 1
const friday = 5
const sunday = 7
export const is_workday = (day: string, named: Named): boolean => named.get(day)?.workday ?? weekday_of(day) <= friday

/** "休息：国庆节" and its like. */
export function state_in_words(day: string, named: Named): string {
  const state = t(is_workday(day, named) ? 'state.work' : 'state.off')
  const found = named.get(day)
  return found ? t(found.towns_own ? 'state.town' : 'state.named', { state, name: say(found.name) }) : state
}

/** The weeks of a month, from Monday on; null beside it. */
export function weeks_of(year: number, month: number): (string | null)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const next = add_months(first, 1)
  const weeks: (string | null)[][] = []
  for (let monday_of_week = add_days(first, 1 - weekday_of(first)); monday_of_week < next; monday_of_week = add_days(monday_of_week, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => add_days(monday_of_week, index)).map((day) => (day >= first && day < next ? day : null)))
  }
  return weeks
}

/** Where a key leads from a day, within its year; null for a key that leads nowhere. */
export function moved(day: string, key: string): string | null {
  const year = day.slice(0, 4)
  const kept = (next: string) => (next < `${year}-01-01` ? `${year}-01-01` : next > `${year}-12-31` ? `${year}-12-31` : next)
  switch (key) {
    case 'ArrowLeft': return kept(add_days(day, -1))
    case 'ArrowRight': return kept(add_days(day, 1))
    case 'ArrowUp': return kept(add_days(day, -7))
    case 'ArrowDown': return kept(add_days(day, 7))
    case 'PageUp': return kept(add_months(day, -1))
    case 'PageDown': return kept(add_months(day, 1))
    case 'Home': return `${day.slice(0, 8)}01`
    case 'End': return add_days(add_months(`${day.slice(0, 8)}01`, 1), -1)
    default: return null
  }
}

export type Span = { first: string; last: string; count: number; of: CalendarDayView }
/** Days that follow one another and are the same are told as one; those of the town's own each for itself, for each is taken back by itself. */
export function spans_of(days: readonly CalendarDayView[]): Span[] {
  const spans: Span[] = []
  for (const each of days) {
    const before = spans.at(-1)
    const goes_on = before && !each.towns_own && !before.of.towns_own && before.of.workday === each.workday && before.of.name.zh === each.name.zh && add_days(before.last, 1) === each.day
    if (goes_on) spans[spans.length - 1] = { ...before, last: each.day, count: before.count + 1 }
    else spans.push({ first: each.day, last: each.day, count: 1, of: each })
  }
  return spans
}

/** Which day of its week a venue keeps: its Sunday when it is off, on a weekend that is worked its Monday. */
export const kept_weekday = (day: string, workday: boolean): number => (!workday ? sunday : weekday_of(day) <= friday ? weekday_of(day) : monday)

export type Meaning = 'meaning.now' | 'meaning.same' | 'meaning.venues' | 'meaning.deadline.work' | 'meaning.deadline.off' | 'meaning.promised'
/** What it means that the town makes a day worked or off; a day that is so already changes nothing for now. */
export const meaning_of = (day: string, workday: boolean, named: Named): Meaning[] => [
  'meaning.now',
  ...(is_workday(day, named) === workday ? (['meaning.same'] as const) : ([workday ? 'meaning.deadline.work' : 'meaning.deadline.off'] as const)),
  'meaning.venues',
  'meaning.promised',
]
