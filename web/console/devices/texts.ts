import { texts } from '@shared/i18n'
import shared_en from '../texts.en'
import shared_zh from '../texts.zh'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts({ ...shared_zh, ...zh }, { ...shared_en, ...en })

/** "周一、周二、周三" */
export function days_words(days: number[]): string {
  return days.map((day) => t(`day.${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)).join(t('days.comma'))
}
