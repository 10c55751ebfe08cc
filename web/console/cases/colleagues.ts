// Who may be asked to take a case over. An officer knows those of this place: who holds a post, and who sits at a window.
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { PostView, StaffView, WindowView } from '@shared/api/types'
import { may_list_staff, type Person } from '../posts/posts'
import { hall } from '../town'

const takes_cases = ({ grants }: StaffView) => grants.some(({ role }) => role === 'window_officer' || role === 'centre_manager')

/** Each once, in the order in which they were met. */
export function everybody(met: readonly (Person | null | undefined)[]): Person[] {
  const found = new Map<string, Person>()
  for (const each of met) if (each) found.set(each.id, { id: each.id, name: each.name })
  return [...found.values()]
}

/** Asked for by `reload`. Whether one of them takes cases here, the server says. */
export const use_colleagues = () => use_load(async () => {
  const here = hall.value
  if (may_list_staff()) {
    const staff = await all_items<StaffView>((cursor) => body(client.GET('/api/staff', { params: { query: { cursor, limit: 100 } } })))
    return everybody(staff.filter(takes_cases))
  }
  if (!here) return []
  const [posts, windows] = await Promise.all([
    all_items<PostView>((cursor) => body(client.GET('/api/venues/{venue}/posts', { params: { path: { venue: here.venue_id }, query: { cursor, limit: 100 } } }))),
    all_items<WindowView>((cursor) => body(client.GET('/api/halls/{hall}/windows', { params: { path: { hall: here.id }, query: { cursor, limit: 100 } } }))),
  ])
  return everybody([...posts.flatMap(({ a, b, on_duty }) => [a, b, on_duty?.staff]), ...windows.map(({ officer }) => officer)])
})
