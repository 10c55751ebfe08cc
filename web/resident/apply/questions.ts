// Which questions somebody is asked, and what a fitting answer to each is. Pure; the server asks the same of what is sent.
import type { Choice, Condition, FieldKind, MatterView, Text } from '@shared/api/types'

export type Answers = Record<string, string>
export type Asking = Pick<MatterView, 'questions' | 'form'>

export interface Asked {
  /** In the address of the page. */
  step: string
  /** Of the answer; none for who is asking. */
  key: string | null
  kind: FieldKind
  ask: Text
  help: Text | null
  choices: readonly Choice[]
  optional: boolean
}

/** Whether all of them hold; none always do. What was not answered holds nothing. */
export function holds(when: readonly Condition[] | null, answers: Answers): boolean {
  return (when ?? []).every((condition) => condition.answers.includes(answers[condition.question] ?? ''))
}

/** The questions in their order. An answer to what is no longer asked counts for nothing that follows. */
export function asked_of(matter: Asking, answers: Answers): Asked[] {
  const counting: Answers = {}
  const asked: Asked[] = []
  for (const { key, ask, help, answers: choices, when } of matter.questions) {
    if (!holds(when, counting)) continue
    asked.push({ step: step_of(key), key, kind: 'choice', ask, help, choices, optional: false })
    counting[key] = answers[key] ?? ''
  }
  for (const { key, kind, ask, help, choices, optional, when } of matter.form) {
    if (holds(when, counting)) asked.push({ step: step_of(key), key, kind, ask, help, choices: choices ?? [], optional: optional ?? false })
  }
  return asked
}

// The other pages of the form have steps of their own, and a question may be called as one of them.
const step_of = (key: string) => `answer.${key}`

/** What the address brings along from the pre-check: answers to its questions, and nothing else. */
export function answered_before(matter: Asking, query: Record<string, unknown>): Answers {
  const fitting = matter.questions.filter(({ key, answers }) => answers.some((choice) => choice.key === query[key]))
  return Object.fromEntries(fitting.map(({ key }) => [key, String(query[key])]))
}

/** A day of the calendar from its three parts as typed ("2026-3-8"), or null. */
export function day_of(typed: string): string | null {
  const parts = typed.normalize('NFKC').split('-').map((part) => part.trim())
  if (parts.length !== 3 || !/^\d{4}$/.test(parts[0]!) || !parts.slice(1).every((part) => /^\d{1,2}$/.test(part))) return null
  const [year, month, day] = parts.map(Number) as [number, number, number]
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null
}

/** An answer as it is kept and sent: numbers as people type them, and nothing around it. */
export function cleaned(kind: FieldKind, typed: string): string {
  switch (kind) {
    case 'number':
    case 'phone':
      return typed.normalize('NFKC').replace(/[\s-]/g, '')
    case 'day':
      return day_of(typed) ?? typed
    case 'text':
    case 'long_text':
    case 'choice':
    case 'yes_no':
      return typed.trim()
  }
}

export type Fault = 'missing' | 'unchosen' | 'day' | 'number' | 'phone' | 'long'
const bytes_max = 2_000
const is_blank = (typed: string) => typed.replace(/[\s-]/g, '') === ''

/** What is wrong with an answer that was cleaned; nothing when it fits. */
export function fault_of(asked: Pick<Asked, 'kind' | 'choices' | 'optional'>, answer: string): Fault | null {
  const chosen = asked.kind === 'choice' || asked.kind === 'yes_no'
  if (is_blank(answer)) return asked.optional ? null : chosen ? 'unchosen' : asked.kind === 'day' ? 'day' : 'missing'
  if (new TextEncoder().encode(answer).length > bytes_max) return 'long'
  switch (asked.kind) {
    case 'choice':
      return asked.choices.some((choice) => choice.key === answer) ? null : 'unchosen'
    case 'yes_no':
      return answer === 'yes' || answer === 'no' ? null : 'unchosen'
    case 'day':
      return day_of(answer) === answer ? null : 'day'
    case 'number':
      return /^\d{1,18}$/.test(answer) ? null : 'number'
    case 'phone':
      return /^\+?\d{5,20}$/.test(answer) ? null : 'phone'
    case 'text':
    case 'long_text':
      return null
  }
}
