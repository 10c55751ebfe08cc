// Whose lines a page shows: the venue that somebody chose there.
import { computed, ref } from 'vue'
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { VenueListing } from '@shared/api/types'
import { keep, recall } from '@shared/ui/preferences'
import { session } from './session'
import { hall } from './town'

// Each person's own choice, like the hall of the desk.
const picked = ref<Record<string, string>>({})

/** All venues, and the one that is shown on these pages: the one chosen, else one's own, else the hall's, else the first. */
export function use_venue(pages: 'posts' | 'deadlines') {
  const place = computed(() => `doorstep.console.${pages}.${session.value?.staff.id ?? ''}`)
  const venues = use_load(() => all_items<VenueListing>((cursor) => body(client.GET('/api/venues', { params: { query: { cursor, limit: 100 } } }))))
  void venues.reload()
  const venue = computed(() => {
    const known = (venues.data.value ?? []).map((each) => each.venue)
    const wanted = [picked.value[place.value] ?? recall(place.value), session.value?.venue, hall.value?.venue_id]
    return wanted.map((id) => known.find((each) => each.id === id)).find(Boolean) ?? known[0] ?? null
  })
  function choose(id: string) {
    picked.value = { ...picked.value, [place.value]: id }
    keep(place.value, id)
  }
  return { venues, venue, choose }
}
