import { expect, test } from 'vitest'
import type { Place } from '@shared/api/types'
import { project } from '../map/map'
import { corners_of, lines_of, middle_of, outline, read_corners, read_lines, read_pasted, ring_of, snapped, square_kilometres } from './area'

const at = (latitude: number, longitude: number): Place => ({ latitude, longitude })
const square = [at(31.29, 121.3), at(31.29, 121.31), at(31.3, 121.31), at(31.3, 121.3)]

test('a ring ends where it begins, and its corners are named once', () => {
  expect(ring_of(square)).toHaveLength(5)
  expect(ring_of(square)[4]).toEqual(square[0])
  expect(corners_of(ring_of(square))).toEqual(square)
})

test('corners are read line by line; what is wrong is named, an empty line is none', () => {
  expect(read_corners([...lines_of(square), '  '])).toEqual({ corners: square })
  expect(read_corners(['31.29, 121.3', '南翔', '31.3, 121.3'])).toEqual({ fault: { what: 'unread', index: 1 } })
  expect(read_corners(['31.29, 121.3', '', '31.3, 121.3'])).toEqual({ fault: { what: 'few', count: 2 } })
  expect(read_corners(Array(501).fill('31.29, 121.3'))).toEqual({ fault: { what: 'many', count: 501 } })
  expect(read_lines(['31.29, 121.3', '南翔', '31.3，121.3']).map(({ index }) => index)).toEqual([0, 2])
})

test('several corners are pasted at once', () => {
  expect(read_pasted('31.29, 121.3\n31.29, 121.31\r\n\n31.3, 121.31\n')).toEqual(['31.29, 121.3', '31.29, 121.31', '31.3, 121.31'])
  expect(read_pasted('31.29, 121.3')).toBeNull()
  expect(read_pasted('31.29, 121.3\n南翔')).toBeNull()
})

test('a corner near that of a neighbour takes its very place', () => {
  const projection = project(square, 600, 20, 600)
  const near = projection.point(square[2]!)
  expect(snapped({ x: near.x + 5, y: near.y - 5 }, projection, square, 10)).toBe(square[2])
  const away = snapped({ x: near.x - 100, y: near.y + 100 }, projection, square, 10)
  expect(away.latitude).toBeLessThan(31.3)
  expect(String(away.latitude).length).toBeLessThanOrEqual(8) // a metre is fine enough
})

test('a hundredth of a degree square is a little more than one by nine tenths of a kilometre', () => {
  expect(square_kilometres(square)).toBeCloseTo(1.112 * 1.112 * Math.cos((31.29 * Math.PI) / 180), 2)
  expect(square_kilometres([])).toBe(0)
  expect(square_kilometres(square.slice(0, 2))).toBe(0)
})

test('the number stands in the middle, whichever way around the corners go', () => {
  const points = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 0, y: 10 }]
  expect(middle_of(points)).toEqual({ x: 5, y: 5 })
  expect(middle_of([...points].reverse())).toEqual({ x: 5, y: 5 })
  expect(middle_of([{ x: 2, y: 2 }, { x: 4, y: 4 }])).toEqual({ x: 3, y: 3 })
  expect(outline(points)).toBe('M0.0 0.0L10.0 0.0L10.0 10.0L0.0 10.0z')
})
