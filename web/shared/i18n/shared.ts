import { texts } from './index'
import en from './shared.en'
import zh from './shared.zh'

export const ts = texts(zh, en)
