// Days of the calendar ("2026-11-30"), which belong to no time zone; only today does.
import { time_zone } from '@shared/i18n/dates'

const day_ms = 86_400_000
const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
const day_of = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** In the town. */
export const today = (now = new Date()): string => new Intl.DateTimeFormat('en-CA', { timeZone: time_zone.value, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
export const add_days = (day: string, count: number): string => day_of(at(day) + count * day_ms)
/** 1 Monday … 7 Sunday */
export const weekday_of = (day: string): number => new Date(at(day)).getUTCDay() || 7
export const monday_of = (day: string): string => add_days(day, 1 - weekday_of(day))

/** The same day of another month; the last one where that month is shorter. */
export function add_months(day: string, count: number): string {
  const [year, month, number] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(number, last))).toISOString().slice(0, 10)
}

export type Range = { from: string; days: number }
export const week_of = (day: string): Range => ({ from: monday_of(day), days: 7 })
/** A month in whole weeks: six at most. */
export function month_of(day: string): Range {
  const first = `${day.slice(0, 7)}-01`
  const from = monday_of(first)
  const last = add_days(add_months(first, 1), -1)
  const until = add_days(monday_of(last), 6)
  return { from, days: Math.round((at(until) - at(from)) / day_ms) + 1 }
}
export const days_of = ({ from, days }: Range): string[] => Array.from({ length: days }, (_, index) => add_days(from, index))
