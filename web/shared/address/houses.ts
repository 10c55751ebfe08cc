// Houses of a street in words: "示例路 1051 弄 1–40 号".
import type { AddressAnswer, AddressRangeView } from '../api/types'
import { texts } from '../i18n'
import en from './texts.en'
import zh from './texts.zh'

const t = texts(zh, en)

export const last_number = 999_999 // six digits, as an address is read

const place_in_words = (street: string, lane: number | null): string => (lane === null ? street : t('place.lane', { street, lane }))

export function houses_in_words({ street, lane, side, from, to }: Omit<AddressRangeView, 'id'>): string {
  const place = place_in_words(street, lane)
  if (to === last_number) return from === 1 ? t(`houses.${side}`, { place }) : t(`houses.${side}.on`, { place, from })
  return from === to ? t('houses.one', { place, number: from }) : t(`houses.${side}.some`, { place, from, to })
}

/** How somebody's words were read: "示例路 1051 弄 12 号". Empty where no street was made out. */
export function address_in_words({ street, lane, number }: AddressAnswer['understood']): string {
  if (!street) return ''
  const place = place_in_words(street, lane)
  return number === null ? place : t('houses.one', { place, number })
}
