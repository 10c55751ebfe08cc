// What is known of a micro-grid, as it is typed and as it is kept; its area apart (see area.ts).
import type { GridView, Text } from '@shared/api/types'

/** Empty for none. */
export type Form = { name: string; name_en: string; community: string; head: string }
export type Kept = { name: Text; community: string | null; head: string | null }

export const empty_form = (): Form => ({ name: '', name_en: '', community: '', head: '' })
export const form_of = ({ name, community, head }: GridView): Form => ({ name: name.zh, name_en: name.en, community: community ?? '', head: head?.id ?? '' })

/** As the server keeps it; null while it has no name. */
export function read_form(form: Form): Kept | null {
  const [zh, en] = [form.name.trim(), form.name_en.trim()]
  return zh ? { name: { zh, en: en || zh }, community: form.community || null, head: form.head || null } : null
}

/** Only what differs: what nobody touched is not sent, and cannot undo what a colleague wrote meanwhile. */
export function changes(before: Form, kept: Kept): Partial<Kept> {
  const found = read_form(before)
  if (!found) return kept
  const names = (Object.keys(kept) as (keyof Kept)[]).filter((name) => JSON.stringify(kept[name]) !== JSON.stringify(found[name]))
  return Object.fromEntries(names.map((name) => [name, kept[name]]))
}
