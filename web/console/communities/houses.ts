// Houses of a street as they are typed and as they are kept.
import { last_number } from '@shared/address/houses'
import type { AddressRangeView, HouseSide } from '@shared/api/types'

export const sides = ['all', 'odd', 'even'] as const satisfies readonly HouseSide[]

/** As it is typed; empty for none. */
export type Form = { street: string; lane: string; side: HouseSide; from: string; to: string }
export type Houses = { street: string; lane: number | null; side: HouseSide; from: number; to: number }
export type Fault = 'street' | 'lane' | 'from' | 'to' | 'order'

export const empty_form = (): Form => ({ street: '', lane: '', side: 'all', from: '', to: '' })
export const form_of = ({ street, lane, side, from, to }: AddressRangeView): Form => ({
  street, lane: lane === null ? '' : String(lane), side, from: from === 1 ? '' : String(from), to: to === last_number ? '' : String(to),
})

/** "１２ 号" is 12; empty is none; what is no number of a house is NaN. */
function read_number(typed: string): number | null {
  const text = typed.normalize('NFKC').trim().replace(/\s*[号弄]$/, '')
  if (!text) return null
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  return number >= 1 ? number : NaN
}

export function read_houses(form: Form): { houses: Houses } | { fault: Fault } {
  const street = form.street.trim()
  const [lane, from, to] = [read_number(form.lane), read_number(form.from), read_number(form.to)]
  const fault = !street ? 'street' : Number.isNaN(lane) ? 'lane' : Number.isNaN(from) ? 'from' : Number.isNaN(to) ? 'to' : (from ?? 1) > (to ?? last_number) ? 'order' : null
  return fault ? { fault } : { houses: { street, lane, side: form.side, from: from ?? 1, to: to ?? last_number } }
}

/** By street, then the street's own numbers before its lanes, then by number. */
export const in_order = (all: readonly AddressRangeView[]): AddressRangeView[] =>
  [...all].sort((one, other) => one.street.localeCompare(other.street, 'zh-CN') || (one.lane ?? 0) - (other.lane ?? 0) || one.from - other.from || one.side.localeCompare(other.side))
