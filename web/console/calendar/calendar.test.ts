import { expect, test } from 'vitest'
import type { CalendarDayView } from '@shared/api/types'
import { is_workday, kept_weekday, meaning_of, moved, named_of, spans_of, state_in_words, weeks_of } from './calendar'

const day = (date: string, workday: boolean, name: string, towns_own = false): CalendarDayView => ({ day: date, workday, name: { zh: name, en: name }, towns_own })
const days = [day('2026-10-01', false, '国庆节'), day('2026-10-02', false, '国庆节'), day('2026-10-10', true, '国庆节'), day('2026-10-12', false, '示例节', true), day('2026-10-13', false, '示例节', true)]
const named = named_of(days)

test('a day is what the town says, else what was announced, else what the week says', () => {
  expect(is_workday('2026-10-01', named)).toBe(false) // a Thursday
  expect(is_workday('2026-10-10', named)).toBe(true) // a Saturday
  expect(is_workday('2026-10-12', named)).toBe(false)
  expect(is_workday('2026-10-14', named)).toBe(true)
  expect(is_workday('2026-10-18', named)).toBe(false)
  expect(state_in_words('2026-10-01', named)).toBe('休息：国庆节')
  expect(state_in_words('2026-10-12', named)).toBe('镇里定的，休息：示例节')
  expect(state_in_words('2026-10-14', named)).toBe('上班')
})

test('a month stands in whole weeks from Monday on', () => {
  const weeks = weeks_of(2026, 2) // begins on a Sunday, has 28 days
  expect(weeks).toHaveLength(5)
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-02-01'])
  expect(weeks[4]![5]).toBe('2026-02-28')
  expect(weeks_of(2024, 2).flat().filter(Boolean)).toHaveLength(29)
  expect(weeks_of(2027, 2)).toHaveLength(4) // begins on a Monday
})

test('keys lead through the year and not out of it', () => {
  expect(moved('2026-03-31', 'ArrowRight')).toBe('2026-04-01')
  expect(moved('2026-03-31', 'PageUp')).toBe('2026-02-28')
  expect(moved('2026-01-03', 'ArrowUp')).toBe('2026-01-01')
  expect(moved('2026-12-31', 'ArrowRight')).toBe('2026-12-31')
  expect(moved('2026-12-20', 'PageDown')).toBe('2026-12-31')
  expect(moved('2026-02-11', 'Home')).toBe('2026-02-01')
  expect(moved('2026-02-11', 'End')).toBe('2026-02-28')
  expect(moved('2026-02-11', 'Tab')).toBeNull()
})

test('holidays are told as a span, days of the town each for itself', () => {
  expect(spans_of(days).map(({ first, last, count }) => [first, last, count])).toEqual([
    ['2026-10-01', '2026-10-02', 2], ['2026-10-10', '2026-10-10', 1], ['2026-10-12', '2026-10-12', 1], ['2026-10-13', '2026-10-13', 1],
  ])
})

test('what a word of the town means', () => {
  expect(meaning_of('2026-10-14', false, named)).toEqual(['meaning.now', 'meaning.deadline.off', 'meaning.venues', 'meaning.promised'])
  expect(meaning_of('2026-10-17', true, named)).toContain('meaning.deadline.work')
  expect(meaning_of('2026-10-17', false, named)).toContain('meaning.same')
  expect(kept_weekday('2026-10-14', false)).toBe(7)
  expect(kept_weekday('2026-10-17', true)).toBe(1)
  expect(kept_weekday('2026-10-01', true)).toBe(4) // a Thursday that the town works though others are off
})
