// An activity that was held, as somebody writes it and as it is kept.
import { read_day, written } from '@shared/i18n/birth_date'
import type { ActivityKind, PastActivityView } from '@shared/api/types'

export const kinds = [
  'volunteering', 'lesson', 'walking_lesson', 'immersive_lesson', 'training', 'delivery', 'council', 'jobs_and_policy', 'joint_event', 'club', 'other',
] as const satisfies readonly ActivityKind[]

const attended_max = 1_000_000
const hours_max = 31 * 24
const minutes_an_hour = 60

export type Draft = { title: string; day: string; kind: ActivityKind | ''; organisation: string | null; venue: string; attended: string; hours: string; note: string }
export type Kept = Pick<PastActivityView, 'title' | 'day' | 'kind' | 'organisation' | 'venue' | 'attended' | 'minutes' | 'note'>
export type Fault = 'title' | 'day' | 'kind' | 'organisation' | 'attended' | 'hours'

export const no_draft = (): Draft => ({ title: '', day: '', kind: '', organisation: null, venue: '', attended: '', hours: '', note: '' })

/** 90 minutes are 1.5 hours. */
export const hours_of = (minutes: number) => String(Math.round((minutes / minutes_an_hour) * 100) / 100)

export function draft_of(activity: PastActivityView): Draft {
  const { title, day, kind, organisation, venue, attended, minutes, note } = activity
  return { title, day: written(day), kind, organisation, venue: venue ?? '', attended: attended === null ? '' : String(attended), hours: minutes === null ? '' : hours_of(minutes), note: note ?? '' }
}

const plain = (typed: string) => typed.normalize('NFKC').trim()

/** What was typed, as it is kept, or the first thing that is missing or cannot be. */
export function read_draft(draft: Draft, now = new Date()): { kept: Kept } | { fault: Fault } {
  const title = draft.title.trim()
  const day = read_day(draft.day, now)
  const [attended, hours] = [plain(draft.attended), plain(draft.hours)]
  const minutes = Math.round(Number(hours) * minutes_an_hour)
  if (!title) return { fault: 'title' }
  if (!day) return { fault: 'day' }
  if (!draft.kind) return { fault: 'kind' }
  if (!draft.organisation) return { fault: 'organisation' }
  if (!/^\d*$/.test(attended) || Number(attended) > attended_max) return { fault: 'attended' }
  if (hours && (!/^\d+(\.\d+)?$/.test(hours) || minutes < 1 || Number(hours) > hours_max)) return { fault: 'hours' }
  return {
    kept: {
      title, day, kind: draft.kind, organisation: draft.organisation, venue: draft.venue || null,
      attended: attended ? Number(attended) : null, minutes: hours ? minutes : null, note: draft.note.trim() || null,
    },
  }
}

/** Only what was changed against what somebody saw; what a colleague changed meanwhile stays. Who held it does not change. */
export function changes(seen: PastActivityView, draft: Draft, kept: Kept): Partial<Omit<Kept, 'organisation'>> {
  const before = draft_of(seen)
  const changed: Partial<Omit<Kept, 'organisation'>> = {}
  if (draft.title !== before.title) changed.title = kept.title
  if (draft.day !== before.day) changed.day = kept.day
  if (draft.kind !== before.kind) changed.kind = kept.kind
  if (draft.venue !== before.venue) changed.venue = kept.venue
  if (draft.attended !== before.attended) changed.attended = kept.attended
  // As it was typed: 100 minutes are shown as 1.67 hours, and stay 100 where nobody wrote something else.
  if (draft.hours !== before.hours) changed.minutes = kept.minutes
  if (draft.note !== before.note) changed.note = kept.note
  return changed
}
