// Days of the calendar ("2026-11-30"), which belong to no time zone; only today does.
import { time_zone } from './dates'

const day_ms = 86_400_000
const at = (day: string) => Date.parse(`${day}T12:00:00Z`)

/** In the town. */
export const today = (now = new Date()): string => new Intl.DateTimeFormat('en-CA', { timeZone: time_zone.value, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
export const add_days = (day: string, count: number): string => new Date(at(day) + count * day_ms).toISOString().slice(0, 10)
/** How many days the second is after the first. */
export const days_between = (first: string, second: string): number => Math.round((at(second) - at(first)) / day_ms)

/** The same day of another month; the last one where that month is shorter. */
export function add_months(day: string, count: number): string {
  const [year, month, number] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(number, last))).toISOString().slice(0, 10)
}
