// Until when somebody may act for somebody else: some months to choose from, or a day of one's own.
import { end_of_day } from './dates'
import { add_days, add_months, today } from './days'

export const spans = ['3', '6', '12', '24'] as const
export type Span = (typeof spans)[number] | 'day'

/** The last day of so many months from today: two years of them are what the server takes at most. */
export const last_day = (months: number, now?: Date): string => add_days(add_months(today(now), months), -1)

/** The instant that is meant, or what is wrong with the day. */
export function read_until(span: Span | '', day: string, now?: Date): { until: string } | { fault: 'missing' | 'past' | 'long' } {
  const last = span === 'day' ? day : span && last_day(Number(span), now)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(last)) return { fault: 'missing' }
  if (last < today(now)) return { fault: 'past' }
  if (last > last_day(Number(spans.at(-1)), now)) return { fault: 'long' }
  return { until: end_of_day(last).toISOString() }
}

/** In the evening of which day it ends. */
export const last_day_of = (until: string): Date => new Date(Date.parse(until) - 1)
