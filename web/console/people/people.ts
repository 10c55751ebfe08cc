// What these pages know of people between one page and the next: in memory only, and gone with the session. No name and no
// number stands in an address.
import { ref, shallowRef, watch } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { body, client, write_headers } from '@shared/api/client'
import { use_send } from '@shared/api/send'
import type { PersonFacts, PersonView } from '@shared/api/types'
import { session } from '../session'
import type { Search } from './meaning'
import { errand, no_purpose } from './purpose'
import { t } from './texts'

export type Found = { items: PersonView[]; next: string | null; by: Search; value: string; purpose: string }

/** What was looked for last, so that the way back from a record leads to the list. */
export const typed = ref('')
export const found = shallowRef<Found | null>(null)
/** Said once on the page that comes next. */
export const told = ref('')
/** Whom somebody looks at now, in full: for the pages of that record, until they are left. */
export const looked_at = shallowRef<PersonFacts | null>(null)

const seen = shallowRef<ReadonlyMap<string, PersonView>>(new Map())
/** As the server showed them last, masked. */
export const person_seen = (id: string) => seen.value.get(id) ?? null
export function remember(...people: PersonView[]) {
  seen.value = new Map([...seen.value, ...people.map((person) => [person.id, person] as const)])
  const latest = found.value
  if (latest) found.value = { ...latest, items: latest.items.map((item) => people.find((person) => person.id === item.id) ?? item) }
}
export function forget(id: string) {
  seen.value = new Map([...seen.value].filter(([key]) => key !== id))
  if (found.value) found.value = { ...found.value, items: found.value.items.filter((item) => item.id !== id) }
  if (looked_at.value?.id === id) looked_at.value = null
}
export function forget_all() {
  seen.value = new Map()
  found.value = null
  looked_at.value = null
  typed.value = told.value = ''
  errand.value = no_purpose()
}
watch(() => session.value?.staff.id, forget_all)

/** For the pages of one record: what was looked at goes when somebody turns to something else. */
export function look_away_after(id: string) {
  onBeforeRouteLeave((to) => {
    if (to.params.person !== id) looked_at.value = null
  })
}

export function say_once(): string {
  const words = told.value
  told.value = ''
  return words
}

export const find_people = (key: string, by: Search, value: string, purpose: string, cursor?: string) =>
  body(client.POST('/api/people/find', { body: { [by]: value, purpose, cursor, limit: 20 }, headers: write_headers(key) }))

export const look_in_full = (key: string, person: string, purpose: string) =>
  body(client.POST('/api/people/{person}/look', { params: { path: { person } }, body: { purpose }, headers: write_headers(key) }))

/** Who has this identity number already; looking is written down like every other look. */
export function use_known() {
  const known = shallowRef<PersonView | null>(null)
  const find = use_send((key, number: string, purpose: string) => find_people(key, 'identity_number', number, purpose))
  async function look_up(number: string, why: 'before' | 'known') {
    const answer = await find.press(number, t(`purpose.${why}`))
    known.value = answer?.items[0] ?? null
    if (known.value) remember(known.value)
  }
  return { known, find, look_up }
}
