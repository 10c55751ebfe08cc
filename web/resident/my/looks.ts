// What somebody did with a person's record, in words for that person.
import type { LookView } from '@shared/api/types'
import { tm } from './texts'
import zh from './texts.zh'

type Act = Extract<keyof typeof zh, `act.${string}`>

/** An act that these pages do not know yet still has its line. */
export function act_of(look: Pick<LookView, 'action' | 'allowed'>): string {
  const ending = look.allowed ? '' : '.refused'
  const wanted = `act.${look.action}${ending}`
  return tm((wanted in zh ? wanted : `act.other${ending}`) as Act)
}

// Only here did somebody write down why; elsewhere the act says it.
const with_reason = ['look_at_person', 'look_at_membership', 'find_people', 'find_volunteers', 'list_merges', 'look_at_mandates', 'erase_person', 'read_audit']

export function reason_of(look: Pick<LookView, 'action' | 'purpose'>): string {
  return with_reason.includes(look.action) ? look.purpose : ''
}
