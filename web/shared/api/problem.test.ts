import { expect, test, vi } from 'vitest'
import { as_problem, problem_from } from './problem'

test.each([
  [401, 'not_signed_in', 'not_signed_in'],
  [401, 'session_expired', 'not_signed_in'],
  [401, 'wrong_credentials', 'refused'],
  [401, 'wrong_code', 'refused'],
  [403, 'fresh_code_needed', 'refused'],
  [404, 'no_such_ticket', 'not_found'],
  [412, 'version_differs', 'version_differs'],
  [409, 'queue_empty', 'refused'],
  [422, 'purpose_missing', 'refused'],
  [429, 'too_many_requests', 'busy'],
  [503, 'busy', 'busy'],
  [500, 'internal', 'unexpected'],
])('%i %s is %s', (status, code, kind) => {
  const problem = problem_from(status, { code, title: '标题', detail: '怎么做', path: 'materials[2].kind', request_id: 'r1' })
  expect(problem).toMatchObject({ kind, code, status, title: '标题', detail: '怎么做', path: 'materials[2].kind', request_id: 'r1' })
})

test('an answer that is no problem document still says something to the reader', () => {
  const problem = problem_from(500, undefined)
  expect(problem.code).toBe('http_500')
  expect(problem.title).not.toBe('')
  expect(problem.detail).not.toBe('')
})

test('an exception of ours is never shown as it is', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const problem = as_problem(new TypeError('x is not a function'))
  expect(problem.kind).toBe('unexpected')
  expect(problem.title + problem.detail).not.toContain('function')
})

test('what still holds a thing comes along', () => {
  const uses = [{ use: 'posts', text: '岗位' }]
  expect(problem_from(409, { code: 'venue_in_use', title: '还在用', uses }).uses).toEqual(uses)
  expect(problem_from(409, { code: 'venue_in_use', title: '还在用' }).uses).toEqual([])
})
