import { expect, test } from 'vitest'
import type { PastActivityView } from '@shared/api/types'
import { changes, draft_of, hours_of, no_draft, read_draft, type Draft } from './activities'

const now = new Date('2026-11-24T09:00:00Z')
const full: Draft = { title: ' 义诊 ', day: '2026年3月5日', kind: 'volunteering', organisation: 'or_1', venue: '', attended: '３５', hours: '1.5', note: '' }
const kept = { title: '义诊', day: '2026-03-05', kind: 'volunteering' as const, organisation: 'or_1', venue: null, attended: 35, minutes: 90, note: null }
const seen: PastActivityView = {
  id: 'pa_1', version: 2, title: '义诊', day: '2026-03-05', kind: 'volunteering', organisation: 'or_1', organisation_name: { zh: '示例', en: 'Sample' }, venue: null, venue_name: null,
  attended: 35, minutes: 100, note: null, ended_at: null,
}

test('what is written is read', () => {
  expect(read_draft(full, now)).toEqual({ kept })
  expect(read_draft({ ...full, attended: '', hours: '', venue: 've_1', note: '雨天' }, now)).toEqual({ kept: { ...kept, attended: null, minutes: null, venue: 've_1', note: '雨天' } })
})

test.each([
  [{ title: ' ' }, 'title'], [{ day: '去年' }, 'day'], [{ day: '2026年12月1日' }, 'day'], [{ kind: '' }, 'kind'], [{ organisation: null }, 'organisation'],
  [{ attended: '三十' }, 'attended'], [{ attended: '1000001' }, 'attended'], [{ hours: '0' }, 'hours'], [{ hours: '745' }, 'hours'], [{ hours: 'x' }, 'hours'],
] as [Partial<Draft>, string][])('%o is refused for its %s', (wrong, fault) => {
  expect(read_draft({ ...full, ...wrong }, now)).toEqual({ fault })
})
test('nothing at all lacks its title first', () => expect(read_draft(no_draft(), now)).toEqual({ fault: 'title' }))

test('only what was changed is sent, and minutes that are no round hours stay', () => {
  expect(hours_of(90)).toBe('1.5')
  const draft = { ...draft_of(seen), attended: '' }
  const read = read_draft(draft, now)
  expect('kept' in read && changes(seen, draft, read.kept)).toEqual({ attended: null })
  const unchanged = draft_of(seen)
  const again = read_draft(unchanged, now)
  expect('kept' in again && changes(seen, unchanged, again.kept)).toEqual({})
})
