// Questions that were answered without a case, and the matters that they may be about.
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { MatterRow } from '@shared/api/types'
import { page_length } from '../use_pages'

export const note_length = 660 // 2,000 bytes of Chinese

export const page_of = (venue: string, day: string, cursor?: string) =>
  body(client.GET('/api/desk/inquiries', { params: { query: { venue, day, cursor, limit: page_length } } }))

/** All of the town's, asked for by `reload`: a question may be about what another hall takes in. */
export const use_matters = () => use_load(() =>
  all_items<MatterRow>((cursor) => body(client.GET('/api/matters', { params: { query: { cursor, limit: 100 } } }))))
