// An identity number says itself whether it was typed rightly, and when its owner was born (GB 11643). The server checks it, too;
// here it is said while the card is still in the hand.
import { read_day } from '@shared/i18n/birth_date'
import { plain_number } from './meaning'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const check_characters = '10X98765432'

/** "1952-03-08", or null when there is no such day. */
export function birth_date_in(number: string): string | null {
  return read_day(plain_number(number).slice(6, 14))
}

export function is_identity_number(typed: string): boolean {
  const number = plain_number(typed)
  if (!/^\d{17}[\dX]$/.test(number) || birth_date_in(number) === null) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return number[17] === check_characters[sum % check_characters.length]
}
