// What was done, in words; of an act that these pages do not know yet, its name.
import { t } from './texts'
import zh from './texts.zh'

type Act = Extract<keyof typeof zh, `act.${string}`>

export function act_of(action: string): string {
  const wanted = `act.${action}`
  return wanted in zh ? t(wanted as Act) : action
}
