// Houses of a street in words: "示例路 1051 弄 1–40 号".
import type { AddressRangeView } from '@shared/api/types'
import { tb } from './texts'

const last_number = 999_999 // six digits, as an address is read

export function houses_in_words(houses: AddressRangeView): string {
  const place = houses.lane === null ? houses.street : tb('place.lane', { street: houses.street, lane: houses.lane })
  if (houses.from === 1 && houses.to === last_number) return tb(`houses.${houses.side}`, { place })
  return tb(`houses.${houses.side}.some`, { place, from: houses.from, to: houses.to })
}
