import { expect, test } from 'vitest'
import type { Condition, FieldKind } from '@shared/api/types'
import { answered_before, asked_of, cleaned, day_of, fault_of, holds, type Asking } from './questions'

const words = (text: string) => ({ zh: text, en: text })
const when = (question: string, ...answers: string[]): Condition => ({ question, answers })

test.each<[string, Condition[] | null, Record<string, string>, boolean]>([
  ['nothing is asked for', null, {}, true],
  ['an empty list', [], {}, true],
  ['the answer', [when('from', 'far')], { from: 'far' }, true],
  ['one of the answers', [when('from', 'near', 'far')], { from: 'far' }, true],
  ['another answer', [when('from', 'far')], { from: 'near' }, false],
  ['not answered', [when('from', 'far')], {}, false],
  ['all of them hold', [when('from', 'far'), when('kind', 'full')], { from: 'far', kind: 'full' }, true],
  ['one of them does not', [when('from', 'far'), when('kind', 'full')], { from: 'far', kind: 'new' }, false],
])('a condition: %s', (_, conditions, answers, expected) => {
  expect(holds(conditions, answers)).toBe(expected)
})

const choice = (key: string) => ({ key, text: words(key) })
const question = (key: string, answers: string[], conditions: Condition[] | null = null) => ({ key, ask: words(key), help: null, answers: answers.map(choice), when: conditions })
const field = (key: string, kind: FieldKind, conditions: Condition[] | null = null) => ({ key, kind, ask: words(key), help: null, choices: null, optional: null, when: conditions, refused_once_past: null })
const moving: Asking = {
  questions: [question('from', ['near', 'far']), question('connected', ['yes', 'no'], [when('from', 'far')])],
  form: [field('valid_until', 'day', [when('connected', 'no')]), field('branch', 'text')],
}
const steps = (answers: Record<string, string>) => asked_of(moving, answers).map((each) => each.step)

test.each<[string, Record<string, string>, string[]]>([
  ['at the beginning', {}, ['answer.from', 'answer.branch']],
  ['what hangs on an answer follows it', { from: 'far' }, ['answer.from', 'answer.connected', 'answer.branch']],
  ['and what hangs on that', { from: 'far', connected: 'no' }, ['answer.from', 'answer.connected', 'answer.valid_until', 'answer.branch']],
  ['an answer that is no longer asked for counts for nothing', { from: 'near', connected: 'no' }, ['answer.from', 'answer.branch']],
])('the questions: %s', (_, answers, expected) => {
  expect(steps(answers)).toEqual(expected)
})

test('only answers to its questions come along in the address', () => {
  expect(answered_before(moving, { from: 'far', connected: 'perhaps', branch: 'x', step: 'check', then: ['from'] })).toEqual({ from: 'far' })
})

test.each<[string, string | null]>([
  ['2026-3-8', '2026-03-08'], ['２０２６-１１-0１', '2026-11-01'], ['2028-2-29', '2028-02-29'],
  ['2026-2-29', null], ['2026-13-1', null], ['2026-0-1', null], ['26-3-8', null], ['2026-3-', null], ['2026-3', null], ['', null], ['2026-3-8-1', null], ['2026-x-8', null],
])('the day "%s" is %s', (typed, expected) => {
  expect(day_of(typed)).toBe(expected)
})

test.each<[FieldKind, string, string]>([
  ['text', '  门口的灯 ', '门口的灯'], ['number', ' １２ ', '12'], ['phone', '138 0013-8000', '13800138000'], ['day', '2026-3-8', '2026-03-08'], ['day', '2026-3-', '2026-3-'],
])('an answer of the kind %s, "%s", is kept as "%s"', (kind, typed, expected) => {
  expect(cleaned(kind, typed)).toBe(expected)
})

test.each<[FieldKind, string, string | null]>([
  ['text', '门口的灯', null], ['text', '', 'missing'], ['long_text', '字'.repeat(666), null], ['long_text', '字'.repeat(667), 'long'],
  ['choice', 'a', null], ['choice', 'z', 'unchosen'], ['choice', '', 'unchosen'],
  ['yes_no', 'no', null], ['yes_no', 'perhaps', 'unchosen'],
  ['day', '2026-03-08', null], ['day', '2026-3-8', 'day'], ['day', '--', 'day'], ['day', '2026-02-30', 'day'],
  ['number', '12', null], ['number', '1.5', 'number'], ['number', '1'.repeat(19), 'number'],
  ['phone', '+8613800138000', null], ['phone', '12', 'phone'], ['phone', 'zero', 'phone'],
])('an answer of the kind %s: %s', (kind, answer, expected) => {
  const asked = { kind, choices: [choice('a'), choice('b')], optional: false }
  expect(fault_of(asked, answer)).toBe(expected)
  if (answer === '' || answer === '--') expect(fault_of({ ...asked, optional: true }, answer)).toBe(null)
})
