import { expect, test } from 'vitest'
import type { QueueView } from '@shared/api/types'
import { fresh_calls } from './calls'

const text = { zh: '窗口', en: 'window' }
const call = (number: string, at: string) => ({ number, window: 3, window_name: text, at })
const queue = (calls: QueueView['calls'], hall = 'hl_1') => ({ hall, seq: 1, waiting: 0, groups: [], windows: [], calls }) as QueueView

test('the first look announces nothing', () => {
  expect(fresh_calls(null, queue([call('A001', '1')]))).toEqual([])
})
test('a new call is announced once; the same number called again is a new call', () => {
  const first = queue([call('A001', '1')])
  const second = queue([call('A002', '2'), call('A001', '1')])
  const third = queue([call('A002', '3'), call('A002', '2'), call('A001', '1')])
  expect(fresh_calls(first, second).map((found) => found.number)).toEqual(['A002'])
  expect(fresh_calls(second, second)).toEqual([])
  expect(fresh_calls(second, third).map((found) => found.at)).toEqual(['3'])
})
test('an old call that moves up when a newer one goes back to the line is not announced', () => {
  const before = queue([call('A004', '4'), call('A003', '3'), call('A002', '2')])
  const after = queue([call('A003', '3'), call('A002', '2'), call('A001', '1')])
  expect(fresh_calls(before, after)).toEqual([])
})
test('another hall is another story', () => {
  expect(fresh_calls(queue([], 'hl_1'), queue([call('A001', '1')], 'hl_2'))).toEqual([])
})
