import { expect, test } from 'vitest'
import { last_day, read_until } from './until'

const now = new Date('2026-11-30T04:00:00Z') // noon in the town

test('some months end on the day before the same day', () => {
  expect(last_day(3, now)).toBe('2027-02-27') // February has no 30th
  expect(last_day(12, now)).toBe('2027-11-29')
  expect(read_until('12', '', now)).toEqual({ until: '2027-11-29T16:00:00.000Z' })
})

test('two years stay within what the server takes, in leap years, too', () => {
  for (const from of ['2026-11-30T04:00:00Z', '2027-02-28T16:30:00Z', '2028-02-28T16:30:00Z']) {
    const at = new Date(from)
    const said = read_until('24', '', at)
    const days = 'until' in said ? (Date.parse(said.until) - at.getTime()) / 86_400_000 : NaN
    expect(days).toBeGreaterThan(729)
    expect(days).toBeLessThanOrEqual(731)
  }
})

test('a day of one’s own is one to come, and not too far', () => {
  expect(read_until('day', '', now)).toEqual({ fault: 'missing' })
  expect(read_until('', '', now)).toEqual({ fault: 'missing' })
  expect(read_until('day', '2026-11-29', now)).toEqual({ fault: 'past' })
  expect(read_until('day', '2026-11-30', now)).toEqual({ until: '2026-11-30T16:00:00.000Z' })
  expect(read_until('day', '2028-11-29', now)).toEqual({ until: '2028-11-29T16:00:00.000Z' })
  expect(read_until('day', '2028-11-30', now)).toEqual({ fault: 'long' })
})
