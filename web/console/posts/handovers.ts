// Whose turn it is with a slip.
import type { HandoverState, HandoverView } from '@shared/api/types'

export type Step = 'take' | 'report' | 'close' | 'withdraw'
const over: readonly HandoverState[] = ['closed', 'withdrawn']
export const is_open = ({ state }: Pick<HandoverView, 'state'>): boolean => !over.includes(state)

/** What somebody may do next; a manager, too, closes and withdraws for somebody who has left, by the slip's own address. */
export function step_of(slip: Pick<HandoverView, 'state' | 'from' | 'to'>, me: string): Step | null {
  switch (slip.state) {
    case 'written': return slip.to.id === me ? 'take' : slip.from.id === me ? 'withdraw' : null
    case 'taken': return slip.to.id === me ? 'report' : null
    case 'reported': return slip.from.id === me ? 'close' : null
    case 'closed': case 'withdrawn': return null
  }
}
