import { expect, test } from 'vitest'
import type { DeviceView } from '@shared/api/types'
import { are_finished, as_code, spans_of, standing_of } from './device'

const now = new Date('2026-11-24T12:00:00Z')
const device = (more: Partial<DeviceView> = {}): DeviceView => ({
  id: 'dv_1', version: 1, venue: 've_1', hall: null, kind: 'display', name: '北墙的屏', state: 'active', lock_reason: null, week: [], open: true,
  opens_next_at: null, closed_early: null, paired_at: '2026-11-01T00:00:00Z', last_seen_at: '2026-11-24T11:58:00Z', ended_at: null, ...more,
})

test('what counts most is said', () => {
  const early = { until: '2026-11-25T00:30:00Z', text: { zh: '满', en: 'Full' } }
  expect(standing_of(device(), now)).toBe('open')
  expect(standing_of(device({ open: false }), now)).toBe('closed')
  expect(standing_of(device({ open: false, closed_early: early }), now)).toBe('closed_early')
  expect(standing_of(device({ closed_early: early, state: 'locked' }), now)).toBe('locked')
  expect(standing_of(device({ last_seen_at: null, closed_early: early }), now)).toBe('unfetched')
})

test('a device that is not heard of is worth a look, and one that is closed is not', () => {
  expect(standing_of(device({ last_seen_at: '2026-11-24T11:48:00Z' }), now)).toBe('open')
  expect(standing_of(device({ last_seen_at: '2026-11-24T11:47:59Z' }), now)).toBe('silent')
  expect(standing_of(device({ last_seen_at: '2026-11-23T11:00:00Z', open: false }), now)).toBe('closed')
})

test('a code is understood however it is typed', () => {
  expect(as_code(' acd-e3f ')).toBe('ACDE3F')
  expect(as_code('ＡＣＤ　Ｅ３Ｆ')).toBe('ACDE3F')
  expect(as_code('ACDE3')).toBeNull()
  expect(as_code('ACDE3FG')).toBeNull()
  expect(as_code('请看屏幕上')).toBeNull()
})

test('days with the same times stand together', () => {
  const morning = { opens: '08:30', closes: '11:30' }
  const afternoon = { opens: '13:00', closes: '16:30' }
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openings: weekday < 6 ? [morning, afternoon] : weekday === 6 ? [morning] : [] }))
  expect(spans_of(week)).toEqual([{ days: [1, 2, 3, 4, 5, 6], ...morning }, { days: [1, 2, 3, 4, 5], ...afternoon }])
  expect(spans_of([])).toEqual([])
})

test('a week can be sent when every span has its days and both times', () => {
  expect(are_finished([])).toBe(true)
  expect(are_finished([{ days: [1], opens: '08:30', closes: '16:30' }])).toBe(true)
  expect(are_finished([{ days: [], opens: '08:30', closes: '16:30' }])).toBe(false)
  expect(are_finished([{ days: [1], opens: '08:30', closes: '' }])).toBe(false)
})
