// What the first page shows of the chosen hall: its services and its line.
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { ServiceView } from '@shared/api/types'
import { hall } from './town'

let asked_for = ''

export const services = use_load(async () => {
  const id = asked_for
  const items = await all_items<ServiceView>((cursor) => body(client.GET('/api/halls/{hall}/services', { params: { path: { hall: id }, query: { cursor, limit: 100 } } })))
  return { hall: id, items }
})
export const queue = use_load(async () => {
  const id = asked_for
  return body(client.GET('/api/halls/{hall}/queue', { params: { path: { hall: id } } }))
})

/** Asks for both, unless they are on their way: the start of the app asks before the page is there to ask. */
export function ask_for_hall() {
  const id = hall.value?.id
  if (!id || (id === asked_for && services.loading.value)) return
  asked_for = id
  void services.reload()
  void queue.reload()
}
