import { afterEach, expect, test } from 'vitest'
import { time_zone } from '@shared/i18n/dates'
import { add_days, add_months, days_of, monday_of, month_of, today, week_of, weekday_of } from './days'

afterEach(() => { time_zone.value = 'Asia/Shanghai' })

test('today is the day in the town', () => {
  expect(today(new Date('2026-11-30T16:30:00Z'))).toBe('2026-12-01')
  time_zone.value = 'America/New_York'
  expect(today(new Date('2026-12-01T03:00:00Z'))).toBe('2026-11-30')
})

test('days, weeks and months follow one another', () => {
  expect(add_days('2026-12-31', 1)).toBe('2027-01-01')
  expect(add_days('2028-03-01', -1)).toBe('2028-02-29')
  expect(weekday_of('2026-11-30')).toBe(1)
  expect(weekday_of('2026-11-29')).toBe(7)
  expect(monday_of('2026-11-29')).toBe('2026-11-23')
  expect(add_months('2026-01-31', 1)).toBe('2026-02-28')
  expect(add_months('2026-01-31', -2)).toBe('2025-11-30')
  expect(week_of('2026-12-02')).toEqual({ from: '2026-11-30', days: 7 })
})

test('a month is shown in whole weeks, six at most', () => {
  expect(month_of('2026-11-17')).toEqual({ from: '2026-10-26', days: 42 })
  expect(month_of('2027-02-01')).toEqual({ from: '2027-02-01', days: 28 })
  for (let month = '2026-01-15'; month < '2031-01-15'; month = add_months(month, 1)) {
    const shown = days_of(month_of(month))
    expect(shown.length % 7).toBe(0)
    expect(shown.length).toBeLessThanOrEqual(42)
    expect(weekday_of(shown[0]!)).toBe(1)
    expect(shown).toContain(`${month.slice(0, 7)}-01`)
    expect(shown).toContain(add_days(`${add_months(month, 1).slice(0, 7)}-01`, -1))
  }
})
