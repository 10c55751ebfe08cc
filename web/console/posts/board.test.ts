import { expect, test } from 'vitest'
import type { AbsenceView } from '@shared/api/types'
import { away_on, empty_days, moved, state_of } from './board'
import { is_open, step_of } from './handovers'
import { absence_state, grouped } from './leave'
import { colleagues, posts_at } from './posts'

const name = { zh: '综合窗口', en: 'Window' }
const there = { staff: { id: 'st_1', name: '林示例' }, by: 'a' as const }
const post = { id: 'po_1', version: 1, venue: 've_1', name, a: { id: 'st_1', name: '林示例' }, b: { id: 'st_2', name: '周示例' }, on_duty: null, ended_at: null }

test('a day is there, closed, or empty; only an open day can be empty', () => {
  expect(state_of({ day: '2026-11-30', open: true, on_duty: there })).toBe('there')
  expect(state_of({ day: '2026-11-30', open: false, on_duty: there })).toBe('there')
  expect(state_of({ day: '2026-11-30', open: true, on_duty: null })).toBe('empty')
  expect(state_of({ day: '2026-11-30', open: false, on_duty: null })).toBe('closed')
  const days = [{ day: '2026-11-29', open: false, on_duty: null }, { day: '2026-11-30', open: true, on_duty: null }, { day: '2026-12-01', open: true, on_duty: there }]
  const posts = [{ post: 'po_1', name, days }, { post: 'po_2', name, days }]
  expect(empty_days(posts, '2026-11-29')).toBe(2)
  expect(empty_days(posts, '2026-12-01')).toBe(0)
})

test('keys go through the grid and stop at its edges', () => {
  const go = (key: string, whole = false) => moved({ row: 1, column: 1 }, key, 35, 3, whole)
  expect(go('ArrowUp')).toEqual({ row: 0, column: 1 })
  expect(go('ArrowLeft')).toEqual({ row: 1, column: 0 })
  expect(go('PageUp')).toEqual({ row: 0, column: 1 })
  expect(go('PageDown')).toEqual({ row: 8, column: 1 })
  expect(go('Home')).toEqual({ row: 1, column: 0 })
  expect(go('End', true)).toEqual({ row: 34, column: 2 })
  expect(moved({ row: 34, column: 2 }, 'ArrowDown', 35, 3)).toEqual({ row: 34, column: 2 })
  expect(go('a')).toBeNull()
})

const absence = (from: string, until: string, more: Partial<AbsenceView> = {}): AbsenceView =>
  ({ id: 'ab_1', version: 1, staff: { id: 'st_1', name: '林示例' }, kind: 'planned', from, until, third: null, cancelled: false, ...more })

test('who is away on a day, each once, and none who cancelled', () => {
  const all = [absence('2026-11-30', '2026-12-02'), absence('2026-12-02', '2026-12-02'), absence('2026-11-30', '2026-12-02', { cancelled: true, staff: { id: 'st_2', name: '周示例' } })]
  expect(away_on(all, '2026-12-02')).toEqual(['林示例'])
  expect(away_on(all, '2026-12-03')).toEqual([])
})

test('leave is to come, now, over, or cancelled', () => {
  const state = (from: string, until: string, cancelled = false) => absence_state({ from, until, cancelled }, '2026-11-30')
  expect(state('2026-12-01', '2026-12-02')).toBe('to_come')
  expect(state('2026-11-30', '2026-11-30')).toBe('now')
  expect(state('2026-11-28', '2026-11-29')).toBe('over')
  expect(state('2026-12-01', '2026-12-02', true)).toBe('cancelled')
})

test('what would be empty is gathered by post', () => {
  const gap = (of: string, day: string) => ({ post: of, name, day })
  expect(grouped([gap('po_1', '2026-12-01'), gap('po_2', '2026-12-01'), gap('po_1', '2026-12-02')])).toEqual([
    { post: 'po_1', name, days: ['2026-12-01', '2026-12-02'] }, { post: 'po_2', name, days: ['2026-12-01'] },
  ])
})

test('a slip goes from hand to hand, and each does only their own step', () => {
  const slip = (state: 'written' | 'taken' | 'reported' | 'closed' | 'withdrawn') => ({ state, from: { id: 'giver', name: '' }, to: { id: 'taker', name: '' } })
  const states = ['written', 'taken', 'reported', 'closed', 'withdrawn'] as const
  expect(states.map((state) => step_of(slip(state), 'giver'))).toEqual(['withdraw', null, 'close', null, null])
  expect(states.map((state) => step_of(slip(state), 'taker'))).toEqual(['take', 'report', null, null, null])
  expect(states.map((state) => step_of(slip(state), 'somebody'))).toEqual([null, null, null, null, null])
  expect(states.filter((state) => is_open({ state }))).toEqual(['written', 'taken', 'reported'])
})

test('whoever may not see the list of staff names those at the posts', () => {
  const staff = [{ id: 'st_9', username: 'nine', name: '何示例', post: name, grants: [] }]
  expect(colleagues([], [post, { ...post, id: 'po_2' }])).toEqual([{ id: 'st_1', name: '林示例' }, { id: 'st_2', name: '周示例' }])
  expect(colleagues([], [post], 'st_1')).toEqual([{ id: 'st_2', name: '周示例' }])
  expect(colleagues(staff, [post])).toEqual([{ id: 'st_9', name: '何示例' }])
  expect(posts_at([post, { ...post, id: 'po_2', a: null, b: null }], 'st_2').map(({ id }) => id)).toEqual(['po_1'])
})
