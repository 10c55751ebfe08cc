import { afterEach, expect, test } from 'vitest'
import { language } from '@shared/i18n'
import { lines_of, lunch, read_spans, read_time, say_days, say_openings, spans_of } from './hours'

const morning = { opens: '08:30', closes: '11:30' }
const afternoon = { opens: '13:00', closes: '17:00' }
const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, openings: [morning, afternoon] })).concat([{ weekday: 6, openings: [morning] }])

afterEach(() => { language.value = 'zh' })

test('times are read as people write them', () => {
  for (const [typed, kept] of [
    ['8:30', '08:30'], ['08:30', '08:30'], ['0830', '08:30'], ['8：30', '08:30'], ['８点半', '08:30'], ['17点', '17:00'], ['9', '09:00'], ['24:00', '24:00'], ['13时05分', '13:05'],
    ['24:30', null], ['8:60', null], ['25:00', null], ['', null], ['早上', null], ['8:3', null],
  ] as const) expect(read_time(typed), typed).toBe(kept)
})

test('a week is typed in spans and read in lines, and comes back as it was', () => {
  const spans = spans_of(week)
  expect(spans).toEqual([{ days: [1, 2, 3, 4, 5, 6], ...morning }, { days: [1, 2, 3, 4, 5], ...afternoon }])
  expect(read_spans(spans)).toEqual({ hours: spans })
  expect(lines_of(week)).toEqual([
    { days: [1, 2, 3, 4, 5], openings: [morning, afternoon] }, { days: [6], openings: [morning] }, { days: [7], openings: [] },
  ])
  expect(spans_of([])).toEqual([])
  expect(lines_of([])).toEqual([{ days: [1, 2, 3, 4, 5, 6, 7], openings: [] }])
})

test('days and hours are said as people say them, the break over noon too', () => {
  expect(say_days([1, 2, 3, 4, 5])).toBe('星期一至星期五')
  expect(say_days([6, 7])).toBe('星期六、星期日')
  expect(say_days([1, 3, 5])).toBe('星期一、星期三、星期五')
  expect(say_days([7, 6, 5, 4, 3, 2, 1])).toBe('每天')
  expect(say_openings([morning, afternoon])).toBe('08:30–11:30，13:00–17:00（中午 11:30–13:00 休息）')
  expect(say_openings([])).toBe('不开门')
  expect(lunch([{ opens: '08:00', closes: '10:00' }, { opens: '18:00', closes: '20:00' }])).toBeNull()
  expect(lunch([{ opens: '13:00', closes: '15:00' }, { opens: '18:00', closes: '20:00' }])).toBeNull()
  expect(lunch([morning])).toBeNull()
  language.value = 'en'
  expect(say_days([1, 2, 3, 4, 5])).toBe('Monday to Friday')
  expect(say_openings([morning, afternoon])).toBe('08:30–11:30, 13:00–17:00 (break 11:30–13:00)')
})

test('a span that cannot be is named by its line', () => {
  const good = { days: [1] as const, ...morning }
  expect(read_spans([{ ...good, days: [1] }, { days: [], ...afternoon }])).toEqual({ fault: { index: 1, what: 'days' } })
  expect(read_spans([{ days: [1], opens: '8点', closes: '早' }])).toEqual({ fault: { index: 0, what: 'time' } })
  expect(read_spans([{ days: [1], opens: '17:00', closes: '08:00' }])).toEqual({ fault: { index: 0, what: 'order' } })
  expect(read_spans([{ days: [5, 1], opens: '8：30', closes: '24' }])).toEqual({ hours: [{ days: [1, 5], opens: '08:30', closes: '24:00' }] })
})
