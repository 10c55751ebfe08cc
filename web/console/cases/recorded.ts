// What another unit said, where whoever handles the case takes it on at its word: who said so, when, and how that is known.
import { clock, instant_of } from '@shared/i18n/dates'
import { today } from '@shared/i18n/days'

/** `at` as the clocks of the town show it, "2026-11-24T09:30". */
export type Word = { name: string; at: string; proof: string }

export const no_word = (): Word => ({ name: '', at: `${today()}T${clock(new Date())}`, proof: '' })

/** As the server takes it; nothing where something is missing still. */
export function word_said({ name, at, proof }: Word) {
  const said = { name: name.trim(), proof: proof.trim() }
  return said.name && said.proof && at ? { ...said, at: instant_of(at).toISOString() } : null
}
