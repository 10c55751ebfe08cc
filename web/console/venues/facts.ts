// What is known of a venue, as it is typed and as it is kept.
import type { Place, StepFree, Text, VenueKind, VenueView } from '@shared/api/types'
import { read_place, say_place } from '../map/place'

export const step_frees = ['yes', 'no', 'unknown'] as const satisfies readonly StepFree[]
export const fact_names = ['kind', 'name', 'name_en', 'address', 'address_en', 'community', 'place', 'step_free', 'note', 'note_en'] as const
export type FactName = (typeof fact_names)[number]
/** As it is typed; empty for none. */
export type Form = { kind: VenueKind; step_free: StepFree } & Record<Exclude<FactName, 'kind' | 'step_free'>, string>
export type Fault = 'name' | 'address' | 'place' | 'note'

export const empty_form = (): Form => ({ kind: 'station', name: '', name_en: '', address: '', address_en: '', community: '', place: '', step_free: 'unknown', note: '', note_en: '' })

export const form_of = (venue: VenueView): Form => ({
  kind: venue.kind,
  name: venue.name.zh, name_en: venue.name.en,
  address: venue.address.zh, address_en: venue.address.en,
  community: venue.community ?? '',
  place: say_place(venue.place),
  step_free: venue.step_free,
  note: venue.step_free_note?.zh ?? '', note_en: venue.step_free_note?.en ?? '',
})

const text = (zh: string, en: string): Text => ({ zh: zh.trim(), en: en.trim() || zh.trim() })

export type Kept = {
  kind: VenueKind; name: Text; address: Text; community: string | null; place: Place | null; step_free: StepFree; step_free_note: Text | null
}
/** As the server keeps it, or the first thing that is wrong. An English text that is missing is the Chinese one. */
export function read_form(form: Form): { kept: Kept } | { fault: Fault } {
  const place = form.place.trim() ? read_place(form.place) : null
  const fault: Fault | null = !form.name.trim() ? 'name' : !form.address.trim() ? 'address' : form.place.trim() && !place ? 'place' : !form.note.trim() && form.note_en.trim() ? 'note' : null
  if (fault) return { fault }
  return {
    kept: {
      kind: form.kind,
      name: text(form.name, form.name_en),
      address: text(form.address, form.address_en),
      community: form.community.normalize('NFKC').trim() || null,
      place,
      step_free: form.step_free,
      step_free_note: form.note.trim() ? text(form.note, form.note_en) : null,
    },
  }
}

/** Only what differs from what was there: what nobody touched is not sent, and cannot undo what a colleague wrote meanwhile. */
export function changes(before: Form, kept: Kept): Partial<Kept> {
  const found = read_form(before)
  if (!('kept' in found)) return kept
  const names = (Object.keys(kept) as (keyof Kept)[]).filter((name) => JSON.stringify(kept[name]) !== JSON.stringify(found.kept[name]))
  return Object.fromEntries(names.map((name) => [name, kept[name]]))
}

/** Somebody else wrote meanwhile: what one typed stays, all else is as it is now; and which of it is new. */
export function merge(before: Form, mine: Form, now: Form): { form: Form; renewed: FactName[] } {
  const renewed = fact_names.filter((name) => now[name] !== before[name])
  const form = { ...now } as Record<FactName, string>
  for (const name of fact_names) if (mine[name] !== before[name]) form[name] = mine[name]
  return { form: form as Form, renewed }
}
