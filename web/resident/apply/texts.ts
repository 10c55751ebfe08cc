import { texts } from '@shared/i18n'
import type { Text } from '@shared/api/types'
import en from './texts.en'
import zh from './texts.zh'

export const ta = texts(zh, en)

/** A question of our own, as those of the matter are said. */
export const both = (key: 'name.ask' | 'name.help' | 'phone.ask' | 'phone.help'): Text => ({ zh: zh[key], en: en[key] })
