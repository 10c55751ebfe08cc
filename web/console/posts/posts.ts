// The posts that are looked at, and who may be named: what the pages of posts know together.
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { PostView, StaffView } from '@shared/api/types'
import { has_role } from '../session'

export type Person = { id: string; name: string }

/** A venue's posts, asked for by `reload`. */
export const use_posts = (venue: () => string | null) => use_load(async () => {
  const id = venue()
  return id ? await all_items<PostView>((cursor) => body(client.GET('/api/venues/{venue}/posts', { params: { path: { venue: id }, query: { cursor, limit: 100 } } }))) : []
})

export const may_list_staff = () => has_role('centre_manager', 'administrator')
/** Whoever works in the town, for those who may see the list; for others it stays empty. */
export const use_staff = () => use_load(async () => (may_list_staff() ? await all_items<StaffView>((cursor) => body(client.GET('/api/staff', { params: { query: { cursor, limit: 100 } } }))) : []))

/** Who may be named: all who work here, else those who are seen at the posts; each once, without oneself where that makes no sense. */
export function colleagues(staff: readonly StaffView[], posts: readonly PostView[], without?: string): Person[] {
  const found = new Map<string, Person>()
  for (const { id, name } of staff) found.set(id, { id, name })
  if (staff.length === 0) for (const post of posts) for (const each of [post.a, post.b, post.on_duty?.staff]) if (each) found.set(each.id, { id: each.id, name: each.name })
  return [...found.values()].filter(({ id }) => id !== without)
}

/** Posts that somebody has to do with today, as a role or on duty. */
export const posts_at = (posts: readonly PostView[], staff: string): PostView[] => posts.filter((post) => [post.a?.id, post.b?.id, post.on_duty?.staff.id].includes(staff))
