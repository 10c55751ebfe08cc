// Five grades, and what may be said with each by a press.
import type { Grade, Remark } from '@shared/api/types'

export const grades = ['very_good', 'good', 'fair', 'poor', 'very_poor'] as const satisfies readonly Grade[]

const good = ['kind', 'quick', 'clear', 'one_trip', 'helped_along'] as const satisfies readonly Remark[]
const poor = ['unkind', 'slow', 'unclear', 'many_trips', 'long_wait'] as const satisfies readonly Remark[]
/** What was good of what was good; of the others, what could be better. */
export const remarks_of = (grade: Grade): readonly Remark[] => (grade === 'very_good' || grade === 'good' ? good : poor)

/** Somebody calls back. */
export const is_low = (grade: Grade): boolean => grade === 'poor' || grade === 'very_poor'
