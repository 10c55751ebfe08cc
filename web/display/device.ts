// A screen that a colleague has paired: where it stands, and whether it is to be used now.
import { use_csrf, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import { ProblemError } from '@shared/api/problem'
import type { HallView, OwnDeviceView, QueueView, Text } from '@shared/api/types'

/** The screen itself; null while nobody has paired it. */
export async function ask_who_i_am(): Promise<OwnDeviceView | null> {
  try {
    const found = await body(client.GET('/api/device'))
    use_csrf(found.csrf)
    return found
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.kind === 'not_signed_in') return null
    throw thrown
  }
}

export function use_device() {
  const device = use_load(async () => ({ self: await ask_who_i_am() }))
  /** Colleagues see that it is there; when this does not arrive, the next one does. */
  function tell_seen() {
    if (device.data.value?.self) void body(client.POST('/api/device/seen')).catch(() => undefined)
  }
  return { ...device, tell_seen }
}

/** The hall that is shown: of a paired screen its own, or that of its venue; else the one in the address, or the first. */
export function hall_to_show(halls: HallView[], self: OwnDeviceView | null, wanted: string | null): HallView | null {
  if (self) return halls.find((found) => found.id === self.hall) ?? halls.find((found) => found.venue_id === self.venue) ?? null
  if (wanted) return halls.find((found) => found.id === wanted) ?? null
  return halls[0] ?? null
}

export type Notice =
  | { what: 'locked' }
  | { what: 'closed_early'; text: Text; until: string }
  | { what: 'closed'; opens_next_at: string | null }

/** What is said instead of the calls or above them; null: nothing. */
export function notice_of(self: OwnDeviceView | null): Notice | null {
  if (!self) return null
  if (self.locked) return { what: 'locked' }
  if (self.closed_early) return { what: 'closed_early', ...self.closed_early }
  return self.open ? null : { what: 'closed', opens_next_at: self.opens_next_at }
}

/** Whether it is all that is said: whoever still waits is called on a screen that is not locked, whatever the hour. */
export function stands_alone(notice: Notice, queue: QueueView | null): boolean {
  if (notice.what === 'locked' || !queue) return true
  return queue.waiting === 0 && queue.windows.every((window) => !window.serving)
}
