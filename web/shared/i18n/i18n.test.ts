import { afterEach, describe, expect, test } from 'vitest'
import { hours, moment, say_day, full_day, clock } from './dates'
import { fill, language, say, speak_in, texts } from './index'

afterEach(() => speak_in('zh'))

type Catalogue = Record<string, string>
const catalogues = import.meta.glob<Catalogue>('../../{shared,resident,console,display}/**/*.{zh,en}.ts', { eager: true, import: 'default' })
test.each(Object.keys(catalogues).filter((path) => path.endsWith('.zh.ts')))('%s is complete in both languages', (path) => {
  const zh = catalogues[path]!
  const en = catalogues[path.replace(/zh\.ts$/, 'en.ts')]!
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  for (const text of [...Object.values(zh), ...Object.values(en)]) expect(text.trim()).not.toBe('')
})

describe('a text', () => {
  test('is filled, and follows the language', () => {
    const t = texts({ wait: '前面还有 {count} 位', hi: '你好' } as const, { wait: 'One person is ahead||{count} people are ahead', hi: 'Hello' })
    expect(t('wait', { count: 3 })).toBe('前面还有 3 位')
    speak_in('en')
    expect(t('wait', { count: 3 })).toBe('3 people are ahead')
    expect(t('wait', { count: 1 })).toBe('One person is ahead')
    expect(t('hi')).toBe('Hello')
    expect(document.documentElement.lang).toBe('zh-CN') // set in the next tick
  })

  test('is remembered and set on the document', async () => {
    speak_in('en')
    await Promise.resolve()
    expect(document.documentElement.lang).toBe('en')
    expect(localStorage.getItem('doorstep.language')).toBe('en')
    expect(language.value).toBe('en')
  })

  test('shows a placeholder nobody filled rather than nothing', () => {
    expect(fill('{who} 来了')).toBe('{who} 来了')
  })

  test('of the server falls back to Chinese', () => {
    speak_in('en')
    expect(say({ zh: '中心', en: '' })).toBe('中心')
    expect(say(null)).toBe('')
  })
})

describe('days and times are said', () => {
  test('in the time zone of the town', () => {
    expect(clock('2026-11-24T05:29:40.000000Z')).toBe('13:29')
    expect(clock('2026-11-24T16:05:00.000000Z')).toBe('00:05')
    expect(full_day('2026-11-24T16:05:00.000000Z')).toBe('11月25日 星期三')
  })
  test('as people say them', () => {
    const now = new Date('2026-11-24T08:00:00Z')
    expect(moment('2026-11-24T05:29:40.000000Z', now)).toBe('今天 13:29')
    expect(moment('2026-11-23T05:29:40.000000Z', now)).toBe('11月23日 13:29')
    expect(moment('2025-11-23T05:29:40.000000Z', now)).toBe('2025年11月23日 13:29')
    expect(say_day('2026-12-01')).toBe('12月1日 星期二')
    expect(hours([{ opens: '08:30', closes: '11:30' }, { opens: '13:00', closes: '17:00' }])).toBe('08:30–11:30，13:00–17:00')
    expect(hours([{ opens: '00:00', closes: '24:00' }])).toBe('全天开放')
    speak_in('en')
    expect(say_day('2026-12-01')).toBe('Tuesday 1 December')
    expect(moment('2026-11-23T05:29:40.000000Z', now)).toBe('23 November, 13:29')
    expect(moment('2025-11-23T05:29:40.000000Z', now)).toBe('23 November 2025, 13:29')
  })
})
