// How a part of the page says to the page that something was pressed: what came of it, and in what words.
import type { Ref } from 'vue'
import type { ProblemError } from '@shared/api/problem'
import type { CaseView } from '@shared/api/types'

export type Settled = [after: CaseView | undefined, send: { problem: Ref<ProblemError | null> }, words: () => string]

export const phases_over = ['done', 'refused', 'withdrawn']
