// The micro-grids with what a page says of them: their area, and the names of whom they belong to.
import { ref } from 'vue'
import { all_items, body, client } from '@shared/api/client'
import type { GridArea, GridView, OrganisationView, Place, Role, StaffView, Text, VenueListing } from '@shared/api/types'
import { say } from '@shared/i18n'
import { is_placed } from '../venues/venues'
import { corners_of } from './area'

export type Grid = { id: string; number: number; name: string; head: string | null; organisation: string; corners: Place[]; view: GridView }

/** In the order of the list; without those whose names are not known yet. */
export function grids_of(views: readonly GridView[], areas: readonly GridArea[], organisations: ReadonlyMap<string, OrganisationView>): Grid[] {
  const rings = new Map(areas.map(({ id, ring }) => [id, ring]))
  return views.map((view, index) => ({
    id: view.id, number: index + 1, name: say(view.name), head: view.head?.name ?? null, organisation: say(organisations.get(view.organisation)?.name), corners: corners_of(rings.get(view.id) ?? []), view,
  }))
}

/** As the server is asked, for the list and for its sheet: by the name of a grid, its organisation or its head. */
export const query_of = (words: string) => ({ words: words.trim() || undefined })
export const all_grids = (words = '') => all_items<GridView>((cursor) => body(client.GET('/api/grids', { params: { query: { ...query_of(words), cursor, limit: 100 } } })))
const all_areas = () => all_items<GridArea>((cursor) => body(client.GET('/api/grids/areas', { params: { query: { cursor, limit: 100 } } })))
export async function everything_of_grids() {
  const [views, areas] = await Promise.all([all_grids(), all_areas()])
  const ids = [...new Set(views.map(({ organisation }) => organisation))]
  const organisations = await Promise.all(ids.map((id) => body(client.GET('/api/organisations/{organisation}', { params: { path: { organisation: id } } }))))
  return { views, areas, organisations: new Map(organisations.map((each) => [each.id, each])) }
}

/** What everybody knows, to find one's way on a map without streets. */
export type Landmark = { id: string; kind: VenueListing['venue']['kind']; name: Text; place: Place }
export async function landmarks(): Promise<Landmark[]> {
  const kinds = ['centre', 'branch_centre'] as const
  const found = await Promise.all(kinds.map((kind) => all_items<VenueListing>((cursor) => body(client.GET('/api/venues', { params: { query: { kind, cursor, limit: 100 } } })))))
  return found.flat().map(({ venue }) => ({ id: venue.id, kind: venue.kind, name: venue.name, place: venue.place })).filter(is_placed)
}

/** Colleagues who have the role of a grid head somewhere; whether it holds there is the server's to say. */
export const heads_among = (staff: readonly StaffView[], role: Role = 'grid_head') => staff.filter(({ grants }) => grants.some((grant) => grant.role === role)).map(({ id, name }) => ({ id, name }))

/** Said once on the page that comes next. */
export const told = ref('')
