import type { CaseView } from './types'

/** Whatever was refused may be taken to the desk for what could not be done; what that desk itself refused may not. */
export const goes_further = (view: { phase: CaseView['phase']; matter: { key: string } }): boolean => view.phase === 'refused' && view.matter.key !== 'cannot_be_done'
