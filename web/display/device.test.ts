import { expect, test } from 'vitest'
import type { HallView, OwnDeviceView, QueueView } from '@shared/api/types'
import { hall_to_show, notice_of, stands_alone } from './device'

const text = { zh: '今天取号已满，明天 8:30 再来', en: 'No more tickets today' }
const early = { until: '2026-11-25T00:30:00Z', text }
const self = (more: Partial<OwnDeviceView> = {}): OwnDeviceView => ({
  id: 'dv_1', csrf: 'word', kind: 'display', name: '北墙的屏', venue: 've_1', venue_name: { zh: '中心', en: 'Centre' }, hall: null, locked: false, open: true,
  opens_next_at: null, closed_early: null, ...more,
})
const hall = (id: string, venue_id: string) => ({ id, venue_id }) as HallView
const halls = [hall('hl_1', 've_9'), hall('hl_2', 've_1'), hall('hl_3', 've_1')]
const queue = (waiting: number, serving: string | null = null) => ({ waiting, windows: [{ serving }] }) as unknown as QueueView

test('an address goes on choosing the hall of a screen that nobody paired', () => {
  expect(hall_to_show(halls, null, null)?.id).toBe('hl_1')
  expect(hall_to_show(halls, null, 'hl_3')?.id).toBe('hl_3')
  expect(hall_to_show(halls, null, 'hl_9')).toBeNull()
  expect(hall_to_show([], null, null)).toBeNull()
})

test('a paired screen knows its hall, whatever the address says', () => {
  expect(hall_to_show(halls, self({ hall: 'hl_3' }), 'hl_1')?.id).toBe('hl_3')
  expect(hall_to_show(halls, self(), 'hl_1')?.id).toBe('hl_2')
  expect(hall_to_show(halls, self({ venue: 've_7' }), 'hl_1')).toBeNull()
})

test('a lock goes before an early closing, and that before the clock', () => {
  expect(notice_of(null)).toBeNull()
  expect(notice_of(self())).toBeNull()
  expect(notice_of(self({ open: false, opens_next_at: 'then' }))).toEqual({ what: 'closed', opens_next_at: 'then' })
  expect(notice_of(self({ open: false, closed_early: early }))).toEqual({ what: 'closed_early', ...early })
  expect(notice_of(self({ locked: true, closed_early: early }))).toEqual({ what: 'locked' })
})

test('whoever waits or is being served is still called, unless the screen is locked', () => {
  for (const notice of [{ what: 'closed', opens_next_at: null }, { what: 'closed_early', ...early }] as const) {
    expect(stands_alone(notice, queue(0))).toBe(true)
    expect(stands_alone(notice, queue(1))).toBe(false)
    expect(stands_alone(notice, queue(0, 'A001'))).toBe(false)
    expect(stands_alone(notice, null)).toBe(true)
  }
  expect(stands_alone({ what: 'locked' }, queue(1, 'A001'))).toBe(true)
})
