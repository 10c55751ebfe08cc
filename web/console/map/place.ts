// A place as it is typed and said: latitude first, as maps give it.
import type { Place } from '@shared/api/types'

export const say_place = (place: Place | null): string => (place ? `${place.latitude}, ${place.longitude}` : '')

/** "31.2962, 121.3120". Null for what is no point of the earth. */
export function read_place(typed: string): Place | null {
  const found = /^(-?\d+(?:\.\d+)?)[,\s]+(-?\d+(?:\.\d+)?)$/.exec(typed.normalize('NFKC').replaceAll('、', ',').trim())
  if (!found) return null
  const [latitude, longitude] = [Number(found[1]), Number(found[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}
