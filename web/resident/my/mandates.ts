// Where on the page a mandate stands, by whose side it is seen from and how far it is.
import type { MandateView } from '@shared/api/types'

export type OpenPlace = 'asked' | 'given' | 'held'
export type MandatePlace = OpenPlace | 'over'

export function place_of({ side, state }: Pick<MandateView, 'side' | 'state'>): MandatePlace {
  if (state === 'ended') return 'over'
  if (side === 'giver') return 'given'
  return state === 'offered' ? 'asked' : 'held'
}

export function sorted(mandates: readonly MandateView[]): Record<MandatePlace, MandateView[]> {
  const places: Record<MandatePlace, MandateView[]> = { asked: [], given: [], held: [], over: [] }
  for (const mandate of mandates) places[place_of(mandate)].push(mandate)
  return places
}
