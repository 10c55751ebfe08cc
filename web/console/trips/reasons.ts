import type { TripReason } from '@shared/api/types'

/** Why somebody had to come again: what is ours to mend first. */
export const trip_reasons = ['not_said', 'nobody_there', 'not_brought', 'to_sign', 'to_collect', 'own_wish', 'other'] as const satisfies readonly TripReason[]
