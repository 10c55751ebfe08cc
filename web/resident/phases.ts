// How the state of a request looks: what is asked of the resident stands out.
import type { CasePhase } from '@shared/api/types'

export const tones: Record<CasePhase, 'good' | 'wait' | 'bad' | 'quiet'> = {
  draft: 'quiet', submitted: 'wait', in_work: 'wait', waiting_for_resident: 'bad', waiting_for_other: 'wait', done: 'good', refused: 'bad', withdrawn: 'quiet',
}
