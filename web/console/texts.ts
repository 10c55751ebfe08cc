// What the frame and all pages say. Each folder of pages has its own texts beside it, which come with the page.
import { texts } from '@shared/i18n'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts(zh, en)
