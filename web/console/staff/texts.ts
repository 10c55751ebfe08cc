import { texts } from '@shared/i18n'
import roles_en from '../roles/texts.en'
import roles_zh from '../roles/texts.zh'
import shared_en from '../texts.en'
import shared_zh from '../texts.zh'
import en from './texts.en'
import zh from './texts.zh'

export const t = texts({ ...shared_zh, ...roles_zh, ...zh }, { ...shared_en, ...roles_en, ...en })
