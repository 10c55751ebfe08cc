// A plain map: points in their true relation, without streets and without a network.
//
// In a town the earth is flat enough: an equirectangular projection about the middle of the points is within a thousandth.
import type { Place } from '@shared/api/types'

export type Spot = { id: string; x: number; y: number }
export type Drawing = { spots: Spot[]; height: number; pixels_per_metre: number }
export type Direction = 'up' | 'down' | 'left' | 'right'

const metres_per_degree = 111_195
/** However near together the venues are, so much is shown: else one alone would be shown at the scale of a doormat. */
const extent_min_metres = 400
const height_min = 260

/** Where each lies in a frame of that width: as large as fits, the same scale both ways, north above. */
export function draw(places: readonly { id: string; place: Place }[], width: number, margin: number, height_max: number): Drawing {
  const latitudes = places.map(({ place }) => place.latitude)
  const longitudes = places.map(({ place }) => place.longitude)
  const middle = (values: number[]) => (values.length ? (Math.min(...values) + Math.max(...values)) / 2 : 0)
  const latitude = middle(latitudes)
  const longitude = middle(longitudes)
  const east_metres = metres_per_degree * Math.cos((latitude * Math.PI) / 180)
  const flat = places.map(({ id, place }) => ({ id, east: (place.longitude - longitude) * east_metres, north: (place.latitude - latitude) * metres_per_degree }))
  const extent = (values: number[]) => Math.max(extent_min_metres, values.length ? Math.max(...values) - Math.min(...values) : 0)
  const wide = extent(flat.map((each) => each.east))
  const high = extent(flat.map((each) => each.north))
  const room = Math.max(1, width - 2 * margin)
  const pixels_per_metre = Math.min(room / wide, Math.max(1, height_max - 2 * margin) / high)
  const height = Math.max(height_min, high * pixels_per_metre + 2 * margin)
  return {
    spots: flat.map(({ id, east, north }) => ({ id, x: width / 2 + east * pixels_per_metre, y: height / 2 - north * pixels_per_metre })),
    height,
    pixels_per_metre,
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
