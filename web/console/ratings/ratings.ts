// What people thought of a venue's cases, as its managers see it.
import { body, client } from '@shared/api/client'
import type { Grade, RatingView } from '@shared/api/types'

export const parts = ['follow', 'all', 'counts', 'trips'] as const
export type Part = (typeof parts)[number]
/** Which part an address means; what is to be done where it says nothing. */
export const part_in = (said: unknown): Part => parts.find((each) => each === said) ?? 'follow'
export const path_of = (part: Part): string => (part === 'follow' ? '/ratings' : `/ratings?list=${part}`)

/** The best first, as they are read; the server counts from the lowest. */
export const grades = ['very_good', 'good', 'fair', 'poor', 'very_poor'] as const satisfies readonly Grade[]
export const in_reading_order = (count: readonly number[]): number[] => [...count].reverse()
export const sum = (count: readonly number[]): number => count.reduce((all, each) => all + each, 0)

export const tone_of = (rating: RatingView): 'good' | 'wait' | 'bad' | 'quiet' => {
  switch (rating.follow_up) {
    case 'open': return rating.late ? 'bad' : 'wait'
    case 'appealed': return 'wait'
    case 'called_back': case 'reviewed': return 'good'
    case 'none': return 'quiet'
  }
}

export const page_of = (part: 'follow' | 'all', venue: string, cursor?: string) =>
  body(client.GET('/api/desk/ratings', { params: { query: { venue, to_follow_up: part === 'follow', cursor, limit: 20 } } }))
