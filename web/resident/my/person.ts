// The people this phone speaks for, and one of them: of anybody else there is no page.
import { computed } from 'vue'
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { PersonFacts, PersonView } from '@shared/api/types'
import { leave_when_signed_out } from './session'

export const fact_names = ['name', 'phone', 'identity_number', 'birth_date', 'address'] as const satisfies readonly (keyof PersonFacts)[]
export type FactName = (typeof fact_names)[number]
/** The identity number is put right at the window, where the card is. */
export type ChangeableFact = Exclude<FactName, 'identity_number'>
export const changeable = (name: string): name is ChangeableFact => name !== 'identity_number' && (fact_names as readonly string[]).includes(name)

export function use_people() {
  const people = use_load(() => all_items<PersonView>((cursor) => body(client.GET('/api/my/people', { params: { query: { cursor, limit: 100 } } }))))
  leave_when_signed_out(people.problem)
  void people.reload()
  return people
}

export function use_person(id: string) {
  const people = use_people()
  const person = computed(() => people.data.value?.find((each) => each.id === id) ?? null)
  const missing = computed(() => people.data.value !== null && person.value === null)
  return { person, missing, problem: people.problem, reload: people.reload }
}
