// Texts in two languages. Chinese is the source: its keys and its {placeholders} are the type that English must match.
// The language is remembered on the device, set on <html lang>, and sent with every request.
import { computed, ref, watchEffect } from 'vue'
import type { Text } from '../api/types'

export type Language = 'zh' | 'en'
type Values = Record<string, string | number>

type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never
type Arguments<S extends string> = [Placeholders<S>] extends [never] ? [] : [values: Record<Placeholders<S>, string | number>]

const storage_key = 'doorstep.language'

function remembered(): Language {
  try {
    const asked = new URLSearchParams(location.search).get('lang')
    if (asked === 'zh' || asked === 'en') return asked
    const kept = localStorage.getItem(storage_key)
    if (kept === 'zh' || kept === 'en') return kept
  } catch {
    // A browser that refuses storage still gets its pages.
  }
  return 'zh'
}

export const language = ref<Language>(remembered())
export const language_tag = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en'))

export function speak_in(next: Language) {
  language.value = next
  try {
    localStorage.setItem(storage_key, next)
  } catch {
    // See above.
  }
}

watchEffect(() => {
  if (typeof document !== 'undefined') document.documentElement.lang = language_tag.value
})

/** Fills {name} in a text. "one thing||{count} things" takes the first half when count is 1. */
export function fill(text: string, values: Values = {}): string {
  const halves = text.split('||')
  const chosen = halves.length === 2 ? (Number(values.count) === 1 ? halves[0]! : halves[1]!) : text
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Binds a pair of catalogues: const t = texts(zh, en); t('home.title'). */
export function texts<const Zh extends Record<string, string>>(zh: Zh, en: Record<keyof Zh, string>) {
  return function t<Key extends keyof Zh>(key: Key, ...values: Arguments<Zh[Key]>): string {
    return fill((language.value === 'zh' ? zh : en)[key], values[0] as Values | undefined)
  }
}

/** A text from the server, in the reader's language. */
export function say(text: Text | null | undefined): string {
  if (!text) return ''
  return (language.value === 'zh' ? text.zh : text.en) || text.zh || text.en
}
