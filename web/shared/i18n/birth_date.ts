// A day of birth as people write it, and as the API wants it ("1952-03-08").
import { date, months_en } from './dates'

/** 1952年3月8日 / 8 March 1952; nothing for no day. */
export function written(day: string | null): string {
  return day ? date(`${day}T12:00:00Z`, 'UTC') : ''
}

function numbers_of(text: string): [year: number, month: number, day: number] | null {
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(text)
  if (whole) return [Number(whole[1]), Number(whole[2]), Number(whole[3])]
  const word = /[a-z]{3,}/i.exec(text)?.[0].toLowerCase()
  const month = word ? months_en.findIndex((name) => name.toLowerCase().startsWith(word)) + 1 : 0
  const numbers = (text.match(/\d+/g) ?? []).map(Number)
  if (month === 0 || numbers.length !== 2) return null
  return [Math.max(...numbers), month, Math.min(...numbers)]
}

/** The day that was meant, or null: also for one that is not in the calendar or still to come. */
export function read_day(typed: string, now: Date = new Date()): string | null {
  const found = numbers_of(typed.normalize('NFKC').trim())
  if (!found) return null
  const [year, month, day] = found
  const at = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || at > now || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null
  return at.toISOString().slice(0, 10)
}
