import { expect, test } from 'vitest'
import type { Place } from '@shared/api/types'
import { labels, project, scale_bar, spacing, toward, type Spot } from './map'

const at = (latitude: number, longitude: number): Place => ({ latitude, longitude })

test('north is above, east is right, and distances keep their relation', () => {
  const places = [at(31.3, 121.31), at(31.31, 121.31), at(31.3, 121.32)]
  const { point, pixels_per_metre } = project(places, 600, 20, 600)
  const [middle, north, east] = places.map(point) as [Spot, Spot, Spot]
  expect(north.x).toBeCloseTo(middle.x)
  expect(north.y).toBeLessThan(middle.y)
  expect(east.y).toBeCloseTo(middle.y)
  expect(east.x).toBeGreaterThan(middle.x)
  // A hundredth of a degree is 1,112 m to the north, and less to the east the farther one is from the equator.
  expect((middle.y - north.y) / pixels_per_metre).toBeCloseTo(1_111.95, 0)
  expect((east.x - middle.x) / pixels_per_metre).toBeCloseTo(1_111.95 * Math.cos((31.305 * Math.PI) / 180), 0)
})

test('a point of the paper leads back to its place', () => {
  const places = [at(31.28, 121.29), at(31.31, 121.33)]
  const { point, place } = project(places, 480, 20, 480)
  const back = place(point(at(31.2962, 121.312)))
  expect(back.latitude).toBeCloseTo(31.2962, 9)
  expect(back.longitude).toBeCloseTo(121.312, 9)
})

test('every place lies in the frame, with its margin, whatever their shape', () => {
  for (const places of [
    [at(31.28, 121.30), at(31.34, 121.301)], // high and narrow
    [at(31.28, 121.20), at(31.281, 121.40)], // wide and low
    [at(31.28, 121.30)],
    [at(31.28, 121.30), at(31.28, 121.30)],
  ]) {
    const { point, height } = project(places, 320, 24, 400)
    for (const { x, y } of places.map(point)) {
      expect(x).toBeGreaterThanOrEqual(23.9)
      expect(x).toBeLessThanOrEqual(296.1)
      expect(y).toBeGreaterThanOrEqual(23.9)
      expect(y).toBeLessThanOrEqual(height - 23.9)
    }
    expect(height).toBeLessThanOrEqual(400.1)
  }
  expect(project([], 320, 24, 400).height).toBeGreaterThan(0)
})

test('the scale bar is a round distance that fits', () => {
  expect(scale_bar(0.1, 100)).toEqual({ metres: 1_000, pixels: 100 })
  expect(scale_bar(0.1, 99).metres).toBe(500)
  expect(scale_bar(0.1, 49).metres).toBe(200)
  expect(scale_bar(1, 150).metres).toBe(100)
  expect(scale_bar(0.01, 150).metres).toBe(10_000)
})

test('points are as near together as half of them are to the next', () => {
  const at_x = (x: number): Spot => ({ id: String(x), x, y: 0 })
  expect(spacing([at_x(0), at_x(10), at_x(20), at_x(500)])).toBe(10)
  expect(spacing([at_x(0)])).toBe(Infinity)
  expect(spacing([])).toBe(Infinity)
})

test('arrows lead to the nearest on that side, straight ahead first', () => {
  const spots: Spot[] = [{ id: 'here', x: 100, y: 100 }, { id: 'right', x: 160, y: 104 }, { id: 'right and below', x: 140, y: 135 }, { id: 'far right', x: 300, y: 100 }, { id: 'above', x: 100, y: 20 }]
  const from = spots[0]!
  expect(toward(spots, from, 'right')?.id).toBe('right')
  expect(toward(spots, from, 'up')?.id).toBe('above')
  expect(toward(spots, from, 'down')?.id).toBe('right and below')
  expect(toward(spots, from, 'left')).toBeNull()
})

test('every point of a raster is reached by arrows', () => {
  const spots = Array.from({ length: 64 }, (_, index) => ({ id: String(index), x: (index % 8) * 40, y: Math.floor(index / 8) * 40 }))
  const reached = new Set(['0'])
  const open = [spots[0]!]
  while (open.length) {
    const from = open.pop()!
    for (const direction of ['up', 'down', 'left', 'right'] as const) {
      const next = toward(spots, from, direction)
      if (next && !reached.has(next.id)) {
        reached.add(next.id)
        open.push(next)
      }
    }
  }
  expect(reached.size).toBe(64)
})

test('names never lie over one another, nor over a point, nor outside', () => {
  const spots: Spot[] = [{ id: 'a', x: 100, y: 100 }, { id: 'b', x: 130, y: 100 }, { id: 'c', x: 100, y: 130 }, { id: 'edge', x: 390, y: 50 }]
  const found = labels(spots.map((spot) => ({ spot, text: '南翔镇服务站' })), spots, 14, 10, { width: 400, height: 200 })
  expect(found.find(({ id }) => id === 'edge')?.anchor).toBe('end')
  const boxes = found.map(({ x, y, anchor }) => {
    const left = anchor === 'start' ? x : anchor === 'end' ? x - 84 : x - 42
    return { left, right: left + 84, top: y - 9, bottom: y + 9 }
  })
  for (const [index, box] of boxes.entries()) {
    expect(box.left).toBeGreaterThanOrEqual(0)
    expect(box.right).toBeLessThanOrEqual(400)
    for (const other of boxes.slice(index + 1)) expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom).toBe(false)
    for (const { x, y } of spots) expect(x > box.left && x < box.right && y > box.top && y < box.bottom).toBe(false)
  }
  // Where there is no room for any, none is written.
  expect(labels([{ spot: spots[0]!, text: '很长很长很长的名称' }], spots, 14, 10, { width: 110, height: 110 })).toEqual([])
})
