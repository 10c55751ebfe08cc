import { texts } from '@shared/i18n'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts(zh, en)
