import { texts } from '@shared/i18n'
import counts_en from '../counts/texts.en'
import counts_zh from '../counts/texts.zh'
import shared_en from '../texts.en'
import shared_zh from '../texts.zh'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts({ ...shared_zh, ...counts_zh, ...zh }, { ...shared_en, ...counts_en, ...en })
