// What every page of the resident app knows: the town, the hall chosen on this device, and the ticket it took.
import { computed, ref } from 'vue'
import { body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { HallView, TownView } from '@shared/api/types'
import { say, texts } from '@shared/i18n'
import { time_zone } from '@shared/i18n/dates'
import { keep, recall } from '@shared/ui/preferences'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts(zh, en)

export const town = use_load(async () => {
  const found = await body(client.GET('/api/town'))
  time_zone.value = found.time_zone
  return found
})
/** A town that came with another answer. */
export function show_town(found: TownView) {
  time_zone.value = found.time_zone
  town.data.value = found
}

const chosen_hall = ref(recall('doorstep.hall'))
export const hall = computed<HallView | null>(() => {
  const halls = town.data.value?.halls ?? []
  return halls.find((found) => found.id === chosen_hall.value) ?? halls[0] ?? null
})
export function choose_hall(id: string) {
  chosen_hall.value = id
  keep('doorstep.hall', id)
}

export const my_ticket = ref(recall('doorstep.ticket'))
export function keep_ticket(token: string | null) {
  my_ticket.value = token
  keep('doorstep.ticket', token)
}

export function page_title(page: string): string {
  const name = say(town.data.value?.name)
  return name ? t('title', { page, town: name }) : page
}
