// What the first page shows of the chosen hall: its services and its line. When the app starts they come with the town, in
// the answer that the page itself has asked for.
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { ServiceView } from '@shared/api/types'
import { hall, show_town, town } from './town'

let asked_for = ''
let just_come = false

export const services = use_load(async () => {
  const id = asked_for
  const items = await all_items<ServiceView>((cursor) => body(client.GET('/api/halls/{hall}/services', { params: { path: { hall: id }, query: { cursor, limit: 100 } } })))
  return { hall: id, items }
})
export const queue = use_load(async () => {
  const id = asked_for
  return body(client.GET('/api/halls/{hall}/queue', { params: { path: { hall: id } } }))
})

/** Asks for both, unless they have just come with the town or are on their way. */
export function ask_for_hall() {
  const id = hall.value?.id
  if (!id || (id === asked_for && (just_come || services.loading.value))) {
    just_come = false
    return
  }
  asked_for = id
  void services.reload()
  void queue.reload()
}

/** The start of the app, in the words of the preload in index.html: one request more would be a second on a slow phone. */
export async function ask_for_front() {
  const front = await body(client.GET('/api/front')).catch(() => null)
  if (!front) return town.reload() // which says what is wrong
  show_town(front.town)
  // On a device that has chosen another hall, or of one with very many services, the page asks itself.
  if (!front.hall || front.hall !== hall.value?.id || front.services.next) return
  asked_for = front.hall
  just_come = location.pathname === '/'
  services.data.value = { hall: front.hall, items: front.services.items }
  queue.data.value = front.queue
}
