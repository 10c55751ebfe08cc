// What somebody has filled in so far: in this browser alone, until it is sent, thrown away, or a fortnight has passed.
// Who is asking, and any phone number, is not among it: that is typed again.
import { keep, recall } from '@shared/ui/preferences'
import type { Answers } from './questions'

export interface Draft {
  /** When it was last written, in milliseconds. */
  at: number
  step: string
  answers: Answers
}

export const days_kept = 14
const place = 'doorstep.drafts'
const kept_ms = days_kept * 86_400_000

function all(): Record<string, Draft> {
  try {
    return JSON.parse(recall(place) ?? '{}') as Record<string, Draft>
  } catch {
    return {} // not ours
  }
}
function keep_all(drafts: Record<string, Draft>) {
  keep(place, Object.keys(drafts).length ? JSON.stringify(drafts) : null)
}

export function forget_old_drafts(now = Date.now()) {
  const drafts = all()
  const recent = Object.entries(drafts).filter(([, draft]) => draft.at > now - kept_ms && draft.at <= now)
  if (recent.length !== Object.keys(drafts).length) keep_all(Object.fromEntries(recent))
}

export function draft_of(matter: string, now?: number): Draft | null {
  forget_old_drafts(now)
  return all()[matter] ?? null
}

export function keep_draft(matter: string, step: string, answers: Answers, now = Date.now()) {
  keep_all({ ...all(), [matter]: { at: now, step, answers } })
}

export function discard_draft(matter: string) {
  const drafts = all()
  delete drafts[matter]
  keep_all(drafts)
}

/** The day on which it is gone. */
export const draft_ends = (draft: Draft): Date => new Date(draft.at + kept_ms)
