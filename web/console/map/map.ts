// A plain map: points in their true relation, without streets and without a network.
//
// In a town the earth is flat enough: an equirectangular projection about the middle of the points is within a thousandth.
import type { Place } from '@shared/api/types'

export type Point = { x: number; y: number }
export type Spot = Point & { id: string }
export type Direction = 'up' | 'down' | 'left' | 'right'
/** How places of the earth lie on paper, and back. */
export type Projection = { height: number; pixels_per_metre: number; point: (place: Place) => Point; place: (point: Point) => Place }
/** What is drawn on: so wide, for a reader who has letters that large. */
export type Sheet = Projection & { width: number; letter: number }

const metres_per_degree = 111_195
/** However near together the places are, so much is shown: else one alone would be shown at the scale of a doormat. */
const extent_min_metres = 400
const height_min = 260

/** These places in a frame of that width: as large as fits, the same scale both ways, north above. */
export function project(places: readonly Place[], width: number, margin: number, height_max: number): Projection {
  const range = (values: number[]) => (values.length ? { least: Math.min(...values), most: Math.max(...values) } : { least: 0, most: 0 })
  const latitudes = range(places.map(({ latitude }) => latitude))
  const longitudes = range(places.map(({ longitude }) => longitude))
  const latitude = (latitudes.least + latitudes.most) / 2
  const longitude = (longitudes.least + longitudes.most) / 2
  const east_metres = metres_per_degree * Math.cos((latitude * Math.PI) / 180)
  const wide = Math.max(extent_min_metres, (longitudes.most - longitudes.least) * east_metres)
  const high = Math.max(extent_min_metres, (latitudes.most - latitudes.least) * metres_per_degree)
  const pixels_per_metre = Math.min(Math.max(1, width - 2 * margin) / wide, Math.max(1, height_max - 2 * margin) / high)
  const height = Math.max(height_min, high * pixels_per_metre + 2 * margin)
  const [right, up] = [east_metres * pixels_per_metre, metres_per_degree * pixels_per_metre] // pixels a degree
  return {
    height,
    pixels_per_metre,
    point: (place) => ({ x: width / 2 + (place.longitude - longitude) * right, y: height / 2 - (place.latitude - latitude) * up }),
    place: ({ x, y }) => ({ latitude: latitude + (height / 2 - y) / up, longitude: longitude + (x - width / 2) / right }),
  }
}

/** How near together points usually are: half of them have another one within so many pixels. */
export function spacing(spots: readonly Spot[]): number {
  const nearest = spots.map((one) => Math.min(...spots.filter((other) => other !== one).map((other) => Math.hypot(one.x - other.x, one.y - other.y))))
  return nearest.sort((one, other) => one - other)[Math.floor(nearest.length / 2)] ?? Infinity
}

/** The longest round distance (1, 2 or 5 and noughts) that is no longer than so many pixels. */
export function scale_bar(pixels_per_metre: number, pixels_max: number): { metres: number; pixels: number } {
  const most = pixels_max / pixels_per_metre
  const nought = 10 ** Math.floor(Math.log10(most))
  const metres = ([5, 2, 1].find((step) => step * nought <= most) ?? 1) * nought
  return { metres, pixels: metres * pixels_per_metre }
}

/** Where an arrow key leads: to the nearest on that side, those straight ahead before those aside. */
export function toward(spots: readonly Spot[], from: Spot, direction: Direction): Spot | null {
  const ahead = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] }[direction] as [number, number]
  let best: { spot: Spot; cost: number } | null = null
  for (const spot of spots) {
    const [x, y] = [spot.x - from.x, spot.y - from.y]
    const along = x * ahead[0] + y * ahead[1]
    const aside = Math.abs(x * ahead[1] + y * ahead[0])
    if (spot.id === from.id || along <= 0.5 || aside > 2 * along) continue
    const cost = along + 2 * aside
    if (!best || cost < best.cost) best = { spot, cost }
  }
  return best?.spot ?? null
}

export type Label = { id: string; text: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }
type Box = { left: number; right: number; top: number; bottom: number }

/** About how wide a text is: a Chinese character is as wide as it is high, a Latin letter a good half. */
export const text_width = (text: string, size: number) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 1 : 0.56), 0) * size

const meet = (one: Box, other: Box) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom

/** Names beside their points, the first ones first; a name that has no room is left to the list. */
export function labels(named: readonly { spot: Spot; text: string; radius?: number }[], spots: readonly Spot[], size: number, radius: number, frame: { width: number; height: number }): Label[] {
  const taken: Box[] = spots.map(({ x, y }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }))
  const placed: Label[] = []
  for (const { spot, text, radius: own } of named) {
    const wide = text_width(text, size)
    const away = (own ?? radius) + 5
    const ways: { label: Label; box: Box }[] = ([
      ['start', spot.x + away, spot.y], ['end', spot.x - away, spot.y], ['middle', spot.x, spot.y - away - size / 2], ['middle', spot.x, spot.y + away + size / 2],
    ] as const).map(([anchor, x, y]) => {
      const left = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2
      return { label: { id: spot.id, text, x, y, anchor }, box: { left, right: left + wide, top: y - size * 0.65, bottom: y + size * 0.65 } }
    })
    const found = ways.find(({ box }) =>
      box.left >= 0 && box.right <= frame.width && box.top >= 0 && box.bottom <= frame.height && !taken.some((other) => meet(box, other)))
    if (!found) continue
    placed.push(found.label)
    taken.push(found.box)
  }
  return placed
}
