// The town and the hall that this console belongs to.
import { computed, ref } from 'vue'
import { body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import { time_zone } from '@shared/i18n/dates'
import { keep, recall } from '@shared/ui/preferences'
import { session } from './session'

export const town = use_load(async () => {
  const found = await body(client.GET('/api/town'))
  time_zone.value = found.time_zone
  return found
})

// Each person's own choice: a console is used by several, and each is shown the hall of their venue first.
const picked = ref<Record<string, string>>({})
const place = computed(() => `doorstep.console.hall.${session.value?.staff.id ?? ''}`)
export const hall = computed(() => {
  const halls = town.data.value?.halls ?? []
  const chosen = picked.value[place.value] ?? recall(place.value)
  return halls.find((found) => found.id === chosen) ?? halls.find((found) => found.venue_id === session.value?.venue) ?? halls[0] ?? null
})
export function choose_hall(id: string) {
  picked.value = { ...picked.value, [place.value]: id }
  keep(place.value, id)
}
