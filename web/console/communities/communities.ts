// The communities and villages of the town; there are some dozens of them.
import { all_items, body, client } from '@shared/api/client'
import type { CommunityView } from '@shared/api/types'

export const all_communities = () => all_items<CommunityView>((cursor) => body(client.GET('/api/communities', { params: { query: { cursor, limit: 100 } } })))
