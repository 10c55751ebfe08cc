// The town and the hall that this console belongs to.
import { computed, ref } from 'vue'
import { body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import { time_zone } from '@shared/i18n/dates'
import { keep, recall } from '@shared/ui/preferences'

export const town = use_load(async () => {
  const found = await body(client.GET('/api/town'))
  time_zone.value = found.time_zone
  return found
})

const chosen = ref(recall('doorstep.console.hall'))
export const hall = computed(() => {
  const halls = town.data.value?.halls ?? []
  return halls.find((found) => found.id === chosen.value) ?? halls[0] ?? null
})
export function choose_hall(id: string) {
  chosen.value = id
  keep('doorstep.console.hall', id)
}
