// An area as corners: as they are typed, drawn and measured.
import type { Place } from '@shared/api/types'
import type { Point, Projection } from '../map/map'
import { read_place, say_place } from '../map/place'

export const corners_min = 3
export const corners_max = 500
const metres_per_degree = 111_195
/** A hundred-thousandth of a degree is a metre: finer than anybody points. */
const decimals = 5

/** A ring ends where it begins; of its corners each is named once. */
export const corners_of = (ring: readonly Place[]): Place[] => ring.slice(0, -1)
export const ring_of = (corners: readonly Place[]): Place[] => [...corners, ...corners.slice(0, 1)]
export const lines_of = (corners: readonly Place[]): string[] => corners.map(say_place)

export const rounded = ({ latitude, longitude }: Place): Place => ({ latitude: Number(latitude.toFixed(decimals)), longitude: Number(longitude.toFixed(decimals)) })

/** What is understood of the lines, each under its index. */
export const read_lines = (lines: readonly string[]): { index: number; place: Place }[] =>
  lines.flatMap((line, index) => {
    const place = read_place(line)
    return place ? [{ index, place }] : []
  })

export type Fault = { what: 'unread'; index: number } | { what: 'few' | 'many'; count: number }
/** The corners, or the first thing that is wrong; an empty line is none. */
export function read_corners(lines: readonly string[]): { corners: Place[] } | { fault: Fault } {
  const corners: Place[] = []
  for (const [index, line] of lines.entries()) {
    if (!line.trim()) continue
    const place = read_place(line)
    if (!place) return { fault: { what: 'unread', index } }
    corners.push(place)
  }
  if (corners.length < corners_min) return { fault: { what: 'few', count: corners.length } }
  if (corners.length > corners_max) return { fault: { what: 'many', count: corners.length } }
  return { corners }
}

/** Several corners pasted at once, one a line; null for a single one, or when one is not understood. */
export function read_pasted(text: string): string[] | null {
  const lines = text.split(/[\r\n;；]+/).map((line) => line.trim()).filter(Boolean)
  return lines.length > 1 && lines.every((line) => read_place(line)) ? lines : null
}

/** The place of a point of the paper: a corner that is there already where one is near, so that neighbours share their line. */
export function snapped(point: Point, projection: Projection, others: readonly Place[], reach_pixels: number): Place {
  let best: { place: Place; away: number } | null = null
  for (const place of others) {
    const { x, y } = projection.point(place)
    const away = Math.hypot(x - point.x, y - point.y)
    if (away <= reach_pixels && (!best || away < best.away)) best = { place, away }
  }
  return best?.place ?? rounded(projection.place(point))
}

/** Twice the area with its sign, by the shoelace. */
const shoelace = (points: readonly Point[]) => points.reduce((sum, one, index) => {
  const next = points[(index + 1) % points.length]!
  return sum + one.x * next.y - next.x * one.y
}, 0)

export function square_kilometres(corners: readonly Place[]): number {
  const [first] = corners
  if (!first) return 0
  const east = metres_per_degree * Math.cos((first.latitude * Math.PI) / 180)
  return Math.abs(shoelace(corners.map(({ latitude, longitude }) => ({ x: (longitude - first.longitude) * east, y: (latitude - first.latitude) * metres_per_degree })))) / 2 / 1_000_000
}

/** Where its number is written: the centre of gravity, and the middle of its corners where it has no area. */
export function middle_of(points: readonly Point[]): Point {
  const twice = shoelace(points)
  if (Math.abs(twice) < 1e-9) return { x: points.reduce((sum, { x }) => sum + x, 0) / points.length, y: points.reduce((sum, { y }) => sum + y, 0) / points.length }
  const sum = points.reduce((all, one, index) => {
    const next = points[(index + 1) % points.length]!
    const cross = one.x * next.y - next.x * one.y
    return { x: all.x + (one.x + next.x) * cross, y: all.y + (one.y + next.y) * cross }
  }, { x: 0, y: 0 })
  return { x: sum.x / (3 * twice), y: sum.y / (3 * twice) }
}

/** The line around points, as SVG has it. */
export const outline = (points: readonly Point[]): string => (points.length ? `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}z` : '')
