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

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Those that fit all that is asked for: the centre first, then branch centres, then stations. */
export function fitting(all: readonly VenueListing[], asked: Wish): VenueListing[] {
  const words = plain(asked.words).split(/\s+/).filter(Boolean)
  return all
    .filter(({ venue, functions: has, open }) => {
      const said = plain([venue.name.zh, venue.name.en, venue.address.zh, venue.address.en].join('\n'))
      return (!asked.kind || venue.kind === asked.kind) && (!asked.function || has.includes(asked.function))
        && (!asked.open || open) && words.every((word) => said.includes(word))
    })
    .map((listing, index) => ({ listing, index }))
    .sort((one, other) => kinds.indexOf(one.listing.venue.kind) - kinds.indexOf(other.listing.venue.kind) || one.index - other.index)
    .map(({ listing }) => listing)
}

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
