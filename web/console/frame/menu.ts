// Where the console's menu leads, in groups as a day goes, and for whom. It shows nobody a page that would only refuse them;
// what they may do there, and where, is the server's to say.
import type { Role } from '@shared/api/types'
import { has_role } from '../session'
import type { t } from '../texts'

type Words = Extract<Parameters<typeof t>[0], `nav.${string}`>
interface Entry { words: Words; to: string; roles?: readonly Role[] }
interface Group { name: string; words: Words; entries: readonly Entry[] }

const managers = ['centre_manager', 'administrator'] as const
const at_windows = ['window_officer', ...managers] as const

const groups: readonly Group[] = [
  {
    name: 'day', words: 'nav.group.day', entries: [
      { words: 'nav.desk', to: '/', roles: at_windows },
      { words: 'nav.cases', to: '/cases', roles: at_windows },
      { words: 'nav.deadlines', to: '/deadlines', roles: ['window_officer', 'centre_manager'] },
      { words: 'nav.inquiries', to: '/inquiries', roles: ['window_officer', 'centre_manager'] },
      { words: 'nav.units', to: '/units', roles: ['branch_secretary', 'committee_officer'] },
      { words: 'nav.people', to: '/people', roles: ['greeter', ...at_windows] },
      { words: 'nav.ratings', to: '/ratings', roles: managers },
    ],
  },
  {
    name: 'network', words: 'nav.group.network', entries: [
      { words: 'nav.venues', to: '/venues' },
      { words: 'nav.devices', to: '/devices', roles: ['greeter', 'station_keeper', ...at_windows] },
      { words: 'nav.organisations', to: '/organisations' },
      { words: 'nav.communities', to: '/communities' },
      { words: 'nav.grids', to: '/grids' },
    ],
  },
  {
    name: 'together', words: 'nav.group.together', entries: [
      { words: 'nav.volunteers', to: '/volunteers', roles: ['station_keeper', ...at_windows] },
      { words: 'nav.activities', to: '/activities' },
    ],
  },
  {
    name: 'duty', words: 'nav.group.duty', entries: [
      { words: 'nav.posts', to: '/posts' },
      { words: 'nav.calendar', to: '/calendar' },
      { words: 'nav.staff', to: '/staff', roles: managers },
    ],
  },
  {
    name: 'office', words: 'nav.group.office', entries: [
      { words: 'nav.imports', to: '/imports', roles: managers },
      { words: 'nav.audit', to: '/audit', roles: ['auditor', 'administrator'] },
    ],
  },
]

/** What whoever is signed in is shown; a group that has nothing for them is left out. */
export function offered(): Group[] {
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter(({ roles }) => !roles || has_role(...roles)) }))
    .filter(({ entries }) => entries.length > 0)
}

/** The first page of their menu: who sits at no window does not begin with one. */
export const first_page = () => offered()[0]!.entries[0]!.to

/** For aria-current: the page itself, or one that is reached through it. */
export function current(to: string, path: string): 'page' | 'true' | undefined {
  if (path === to) return 'page'
  return path.startsWith(`${to}/`) ? 'true' : undefined
}
