// Leave as people read it.
import type { AbsenceView, Gap } from '@shared/api/types'

export type AbsenceState = 'cancelled' | 'over' | 'now' | 'to_come'
export function absence_state({ cancelled, from, until }: Pick<AbsenceView, 'cancelled' | 'from' | 'until'>, today: string): AbsenceState {
  if (cancelled) return 'cancelled'
  return until < today ? 'over' : from <= today ? 'now' : 'to_come'
}

/** The days on which nobody would be there, by post. */
export function grouped(gaps: readonly Gap[]): { post: string; name: Gap['name']; days: string[] }[] {
  const found = new Map<string, { post: string; name: Gap['name']; days: string[] }>()
  for (const { post, name, day } of gaps) {
    const group = found.get(post) ?? { post, name, days: [] }
    group.days.push(day)
    found.set(post, group)
  }
  return [...found.values()]
}
