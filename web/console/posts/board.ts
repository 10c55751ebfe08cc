// The month board: what stands in its cells, and how the keys go through them.
import type { AbsenceView, PostRoster } from '@shared/api/types'

export type RosterDay = PostRoster['days'][number]
export type CellState = 'closed' | 'empty' | 'there'
export const state_of = ({ open, on_duty }: RosterDay): CellState => (on_duty ? 'there' : open ? 'empty' : 'closed')

/** How many posts have how many days, from one on, that nobody is left for. What is past cannot be seen to any more. */
export const empty_days = (posts: readonly PostRoster[], from: string): number =>
  posts.reduce((sum, post) => sum + post.days.filter((each) => each.day >= from && state_of(each) === 'empty').length, 0)

export type Cell = { row: number; column: number }
/** Where a key leads in a grid; null for a key that leads nowhere. */
export function moved({ row, column }: Cell, key: string, rows: number, columns: number, whole = false): Cell | null {
  const kept = (next: Cell): Cell => ({ row: Math.min(rows - 1, Math.max(0, next.row)), column: Math.min(columns - 1, Math.max(0, next.column)) })
  switch (key) {
    case 'ArrowUp': return kept({ row: row - 1, column })
    case 'ArrowDown': return kept({ row: row + 1, column })
    case 'ArrowLeft': return kept({ row, column: column - 1 })
    case 'ArrowRight': return kept({ row, column: column + 1 })
    case 'PageUp': return kept({ row: row - 7, column })
    case 'PageDown': return kept({ row: row + 7, column })
    case 'Home': return kept({ row: whole ? 0 : row, column: 0 })
    case 'End': return kept({ row: whole ? rows - 1 : row, column: columns - 1 })
    default: return null
  }
}

/** Who is away on a day, by name, each once. */
export const away_on = (absences: readonly AbsenceView[], day: string): string[] =>
  [...new Set(absences.filter((each) => !each.cancelled && each.from <= day && day <= each.until).map((each) => each.staff.name))]
