import type { QueueView } from '@shared/api/types'

/**
 * The calls that stand in `after` and not yet in `before`, newest first. The first look at a screen announces nothing; nor is
 * an older call new that moves up into the list when another one leaves it.
 */
export function fresh_calls(before: QueueView | null | undefined, after: QueueView | null): QueueView['calls'] {
  if (!before || !after || before.hall !== after.hall) return []
  const known = new Set(before.calls.map((call) => `${call.number}/${call.at}`))
  const newest = before.calls[0]?.at ?? ''
  return after.calls.filter((call) => call.at >= newest && !known.has(`${call.number}/${call.at}`))
}
