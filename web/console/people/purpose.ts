// Why somebody is looked for, looked at, or erased. What is written down is what the officer reads here; the person reads it, too.
import { ref } from 'vue'
import { t } from './texts'

export const purposes = ['here', 'progress', 'visit', 'correct'] as const
export type PurposeChoice = (typeof purposes)[number] | 'erase' | 'twice' | 'mandate' | 'rota' | 'gathering' | 'own'
export type Purpose = { choice: PurposeChoice | ''; words: string }

export const no_purpose = (): Purpose => ({ choice: '', words: '' })
/** The same errand leads from finding somebody to looking at them: nobody says twice what it is for. */
export const errand = ref<Purpose>(no_purpose())

/** Empty as long as nothing was chosen or said. */
export function said(purpose: Purpose): string {
  if (purpose.choice === 'own') return purpose.words.trim()
  return purpose.choice ? t(`purpose.${purpose.choice}`) : ''
}
