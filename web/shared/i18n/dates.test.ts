import { afterEach, describe, expect, test } from 'vitest'
import { date, end_of_day, time_zone } from './dates'
import { speak_in } from './index'

afterEach(() => {
  time_zone.value = 'Asia/Shanghai'
  speak_in('zh')
})

describe('a day of the town', () => {
  test.each([
    ['Asia/Shanghai', '2027-01-31', '2027-01-31T16:00:00.000Z'],
    ['Asia/Shanghai', '2026-12-31', '2026-12-31T16:00:00.000Z'],
    ['Europe/Lisbon', '2027-06-30', '2027-06-30T23:00:00.000Z'],
    ['America/New_York', '2027-03-13', '2027-03-14T05:00:00.000Z'], // the clock is put forward in the night after
  ])('in %s: %s is over at %s', (zone, day, over) => {
    time_zone.value = zone
    expect(end_of_day(day).toISOString()).toBe(over)
  })

  test('is said with its year', () => {
    expect(date('2027-01-31T15:59:00Z')).toBe('2027年1月31日')
    speak_in('en')
    expect(date('2027-01-31T15:59:00Z')).toBe('31 January 2027')
  })
})
