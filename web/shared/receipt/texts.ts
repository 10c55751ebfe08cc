import { texts } from '../i18n'
import en from './texts.en'
import zh from './texts.zh'

export const tr = texts(zh, en)
