// An answer as its author reads it again.
import { say } from '@shared/i18n'
import { date } from '@shared/i18n/dates'
import { spaced } from '@shared/i18n/numbers'
import type { Asked } from './questions'
import { ta } from './texts'

export function answer_in_words(asked: Asked, answer: string): string {
  if (answer === '') return ta('check.blank')
  switch (asked.kind) {
    case 'choice':
      return say(asked.choices.find((choice) => choice.key === answer)?.text) || answer
    case 'yes_no':
      return ta(answer === 'yes' ? 'yes' : 'no')
    case 'day':
      return date(`${answer}T12:00:00Z`, 'UTC')
    case 'phone':
      return spaced(answer)
    case 'text':
    case 'long_text':
    case 'number':
      return answer
  }
}
