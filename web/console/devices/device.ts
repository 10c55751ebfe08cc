// What a device's row says of it, from what the server tells.
import type { DeviceView } from '@shared/api/types'

export type Standing = 'locked' | 'unfetched' | 'closed_early' | 'closed' | 'silent' | 'open'

/** A device says every five minutes that it is there; one that missed two times is worth a look. */
export const silent_after_ms = 12 * 60_000

/** What counts most of all that may be said. */
export function standing_of(device: DeviceView, now: Date): Standing {
  if (device.state === 'locked') return 'locked'
  if (device.last_seen_at === null) return 'unfetched'
  if (device.closed_early) return 'closed_early'
  if (!device.open) return 'closed'
  return is_silent(device, now) ? 'silent' : 'open'
}

export function is_silent(device: DeviceView, now: Date): boolean {
  return device.last_seen_at === null || now.getTime() - Date.parse(device.last_seen_at) > silent_after_ms
}

/** A code as it is shown, however it was typed; null: it cannot be one. */
export function as_code(typed: string): string | null {
  const code = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  return /^[A-Z0-9]{6}$/.test(code) ? code : null
}

/** The same hours on several days, as a person would say and type them. */
export interface Span { days: number[]; opens: string; closes: string }

/** Days with the same times stand together; the order is that of the first day, then of the time. */
export function spans_of(week: DeviceView['week']): Span[] {
  const spans: Span[] = []
  for (const { weekday, openings } of week) {
    for (const { opens, closes } of openings) {
      const same = spans.find((span) => span.opens === opens && span.closes === closes)
      if (same) same.days.push(weekday)
      else spans.push({ days: [weekday], opens, closes })
    }
  }
  return spans
}

/** Whether each span can be sent; that they do not overlap is the server's to say. */
export function are_finished(spans: Span[]): boolean {
  return spans.every((span) => span.days.length > 0 && span.opens !== '' && span.closes !== '')
}
