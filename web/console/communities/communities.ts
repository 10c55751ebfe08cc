// The communities and villages of the town; there are some dozens of them.
import { all_items, body, client } from '@shared/api/client'
import type { CommunityView } from '@shared/api/types'

export type Wish = { words: string; without: boolean }
export const no_wish = (): Wish => ({ words: '', without: false })
/** As the server is asked, for the list and for its sheet. */
export const query_of = ({ words, without }: Wish) => ({ words: words.trim() || undefined, without_branch: without || undefined })
export const fitting_communities = (wish: Wish) => all_items<CommunityView>((cursor) => body(client.GET('/api/communities', { params: { query: { ...query_of(wish), cursor, limit: 100 } } })))
export const all_communities = () => fitting_communities(no_wish())
