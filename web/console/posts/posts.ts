// Whose posts are looked at, and who may be named: what the pages of posts know together.
import { computed, ref } from 'vue'
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { PostView, StaffView, VenueListing } from '@shared/api/types'
import { keep, recall } from '@shared/ui/preferences'
import { has_role, session } from '../session'
import { hall } from '../town'

export type Person = { id: string; name: string }

// Each person's own choice, like the hall of the desk.
const picked = ref<Record<string, string>>({})
const place = computed(() => `doorstep.console.posts.${session.value?.staff.id ?? ''}`)

/** All venues, and the one whose posts are shown: the one chosen, else one's own, else the hall's, else the first. */
export function use_venue() {
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
