import { texts } from '@shared/i18n'
import shared_en from '../texts.en'
import shared_zh from '../texts.zh'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts({ ...shared_zh, ...zh }, { ...shared_en, ...en })
