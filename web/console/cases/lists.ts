// The lists of cases: what one handles, where one was asked first, and all of a hall.
import { body, client } from '@shared/api/client'
import type { CaseRow, CaseRowPage } from '@shared/api/types'
import { today } from '@shared/i18n/days'

export const lists = ['mine', 'first', 'hall'] as const
export type List = (typeof lists)[number]

/** Which list an address means; one's own work where it says nothing. */
export const list_in = (said: unknown): List => lists.find((each) => each === said) ?? 'mine'
export const path_of = (list: List): string => (list === 'mine' ? '/cases' : `/cases?list=${list}`)

const at_once = 50
export function page_of(list: List, venue: string, cursor?: string): Promise<CaseRowPage> {
  if (list === 'hall') return body(client.GET('/api/desk/cases', { params: { query: { venue, cursor, limit: at_once } } }))
  return body(client.GET('/api/desk/work', { params: { query: { as: list === 'mine' ? 'handler' : 'first_contact', cursor, limit: at_once } } }))
}

/** Under way still, though the day that was promised has passed. */
export const is_late = (row: CaseRow, day = today()): boolean =>
  row.promised_by !== null && row.promised_by < day && !['done', 'refused', 'withdrawn'].includes(row.phase)
