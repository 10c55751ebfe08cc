// Days and times as people say them, always in the town's own time zone.
import { ref } from 'vue'
import { language } from './index'

export const time_zone = ref('Asia/Shanghai')

function parts(at: Date, zone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric',
    hour: '2-digit', minute: '2-digit', hourCycle: 'h23', weekday: 'short',
  })
  const found = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
  return found as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'weekday', string>
}

const weekdays_zh: Record<string, string> = { Mon: '星期一', Tue: '星期二', Wed: '星期三', Thu: '星期四', Fri: '星期五', Sat: '星期六', Sun: '星期日' }
const weekdays_en: Record<string, string> = { Mon: 'Monday', Tue: 'Tuesday', Wed: 'Wednesday', Thu: 'Thursday', Fri: 'Friday', Sat: 'Saturday', Sun: 'Sunday' }
export const months_en = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** 09:30 */
export function clock(at: string | Date): string {
  const p = parts(new Date(at), time_zone.value)
  return `${p.hour}:${p.minute}`
}

/** 11月24日 星期二 / Tuesday 24 November */
export function full_day(at: string | Date, lang = language.value, zone = time_zone.value): string {
  const p = parts(new Date(at), zone)
  return lang === 'zh'
    ? `${p.month}月${p.day}日 ${weekdays_zh[p.weekday]}`
    : `${weekdays_en[p.weekday]} ${p.day} ${months_en[Number(p.month) - 1]}`
}

/** A plain day of the calendar ("2026-11-24"), which belongs to no time zone. */
export function say_day(day: string): string {
  return full_day(new Date(`${day}T12:00:00Z`), language.value, 'UTC')
}

/** 11月24日 13:29 / 24 November, 13:29; only the time when it is today, and with the year when it is another one. */
export function moment(at: string, now: Date = new Date()): string {
  const p = parts(new Date(at), time_zone.value)
  const today = parts(now, time_zone.value)
  const zh = language.value === 'zh'
  const this_year = p.year === today.year
  const day = this_year && p.month === today.month && p.day === today.day
    ? (zh ? '今天' : 'today')
    : !this_year ? date(at) : zh ? `${p.month}月${p.day}日` : `${p.day} ${months_en[Number(p.month) - 1]}`
  return `${day}${zh ? ' ' : ', '}${p.hour}:${p.minute}`
}

/** The same with its year: for paper, which is read at another time. */
export function full_moment(at: string): string {
  return moment(at, new Date(0))
}

/** 08:30–11:30，13:00–17:00; a venue that never closes says so. */
export function hours(today: { opens: string; closes: string }[]): string {
  if (today.length === 1 && today[0]!.opens.startsWith('00:00') && today[0]!.closes.startsWith('24:00')) return language.value === 'zh' ? '全天开放' : 'all day'
  return today.map((span) => `${span.opens.slice(0, 5)}–${span.closes.slice(0, 5)}`).join(language.value === 'zh' ? '，' : ', ')
}

/** 2027年1月31日 / 31 January 2027 */
export function date(at: string | Date, zone = time_zone.value): string {
  const p = parts(new Date(at), zone)
  return language.value === 'zh' ? `${p.year}年${p.month}月${p.day}日` : `${p.day} ${months_en[Number(p.month) - 1]} ${p.year}`
}

/** The instant at which the clocks of the town show this ("2027-01-31T09:30"). */
export const instant_of = (local: string): Date => instant_shown_as(Date.parse(`${local.slice(0, 16)}:00Z`))

/** The instant at which a day of the calendar ("2027-01-31") is over in the town. */
export function end_of_day(day: string): Date {
  const [year, month, number] = day.split('-').map(Number) as [number, number, number]
  return instant_shown_as(Date.UTC(year, month - 1, number + 1))
}

/** `wanted`: what the clocks show, as if it were UTC. */
function instant_shown_as(wanted: number): Date {
  const shown = (at: number) => {
    const p = parts(new Date(at), time_zone.value)
    return Date.UTC(Number(p.year), Number(p.month) - 1, Number(p.day), Number(p.hour), Number(p.minute))
  }
  const guess = wanted - (shown(wanted) - wanted)
  return new Date(guess - (shown(guess) - wanted)) // once more: the clock may be put forward or back in between
}
