// The venues as the list and the map show them: the same ones, in the same order, under the same numbers.
import { ref } from 'vue'
import type { Place, VenueFunction, VenueKind, VenueListing } from '@shared/api/types'
import { moment } from '@shared/i18n/dates'
import { t } from './texts'

export const kinds = ['centre', 'branch_centre', 'station'] as const satisfies readonly VenueKind[]
export const functions = [
  'community_station', 'tower', 'park', 'living_room', 'model_building', 'council_hall', 'warm_station', 'grid_point',
] as const satisfies readonly VenueFunction[]
export const page_length = 12

export type Wish = { words: string; kind: VenueKind | ''; function: VenueFunction | ''; open: boolean }
export const no_wish = (): Wish => ({ words: '', kind: '', function: '', open: false })
/** What was looked for last, so that the way back from a venue leads to the same list. */
export const wish = ref<Wish>(no_wish())
export const page = ref(1)
/** Said once on the page that comes next. */
export const told = ref('')

/** As the server is asked, for the list and for its sheet. */
export const query_of = ({ words, kind, function: serves, open }: Wish) => ({ words: words.trim() || undefined, kind: kind || undefined, function: serves || undefined, open: open || undefined })

/** The centre first, then branch centres, then stations. */
export const in_order = (all: readonly VenueListing[]): VenueListing[] =>
  [...all].sort((one, other) => kinds.indexOf(one.venue.kind) - kinds.indexOf(other.venue.kind))

/** How many pages a list has: one at least, and the one asked for when there are so many. */
export function pages_of(count: number, wanted: number): { page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(count / page_length))
  return { page: Math.min(Math.max(1, wanted), pages), pages }
}

/** One that is shown on the map, under its number of the list. */
export type Placed = VenueListing & { id: string; number: number; name: string; place: Place }
export const is_placed = <Each extends { place: Place | null }>(each: Each): each is Each & { place: Place } => each.place !== null

/** "开门，到今天 17:00" and its like. */
export function opening(listing: VenueListing, now = new Date()): string {
  if (listing.open) return listing.open_until ? t('open.until', { time: moment(listing.open_until, now) }) : t('open.always')
  return listing.opens_next_at ? t('closed.until', { time: moment(listing.opens_next_at, now) }) : t('closed.long')
}
