import { afterEach, expect, test } from 'vitest'
import { speak_in } from '../i18n'
import { membership_rows, skills_in_words, volunteering_rows } from './affiliation'

afterEach(() => speak_in('zh'))
const nothing = { skills: [], register_number: null, since: null, venue: null, organisation: null, place_name: null }

test('skills are said as a sheet of volunteers has them', () => {
  expect(skills_in_words(['haircuts', 'care', 'emergency'])).toBe('理发、陪伴、急救')
  speak_in('en')
  expect(skills_in_words(['haircuts', 'care'])).toBe('haircuts, care')
})

test('of volunteering only what is known has a line', () => {
  expect(volunteering_rows(nothing)).toEqual([])
  expect(volunteering_rows({ ...nothing, skills: ['digital'], register_number: '310000000001', since: '2020-03-05', venue: 've_1', place_name: '示例中心' })).toEqual([
    { term: '特长', words: '手机电脑' }, { term: '志愿者编号', words: '310000000001' }, { term: '开始日期', words: '2020年3月5日' }, { term: '服务场所', words: '示例中心' },
  ])
  expect(volunteering_rows({ ...nothing, organisation: 'or_1', place_name: '示例党支部' })).toEqual([{ term: '服务组织', words: '示例党支部' }])
})

test('membership has its branch by the exact name, its kind, and the day where it is known', () => {
  const membership = { branch: 'or_1', branch_name: '中共示例镇示例村支部委员会', kind: 'probationary' as const, joined_on: null }
  expect(membership_rows(membership)).toEqual([{ term: '所在党支部', words: '中共示例镇示例村支部委员会' }, { term: '党员类别', words: '预备党员' }])
  expect(membership_rows({ ...membership, kind: 'full', joined_on: '1998-07-01' }).slice(1)).toEqual([{ term: '党员类别', words: '正式党员' }, { term: '入党日期', words: '1998年7月1日' }])
})
