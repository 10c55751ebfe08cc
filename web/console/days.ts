// Weeks and months as the board of posts shows them.
import { add_days, add_months, days_between } from '@shared/i18n/days'

export { add_days, add_months, today } from '@shared/i18n/days'

/** 1 Monday … 7 Sunday */
export const weekday_of = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7
export const monday_of = (day: string): string => add_days(day, 1 - weekday_of(day))

export type Range = { from: string; days: number }
export const week_of = (day: string): Range => ({ from: monday_of(day), days: 7 })
/** A month in whole weeks: six at most. */
export function month_of(day: string): Range {
  const first = `${day.slice(0, 7)}-01`
  const from = monday_of(first)
  const last = add_days(add_months(first, 1), -1)
  return { from, days: days_between(from, add_days(monday_of(last), 6)) + 1 }
}
export const days_of = ({ from, days }: Range): string[] => Array.from({ length: days }, (_, index) => add_days(from, index))
