// What was asked for from this browser: a number and a token each, by which its progress opens, and nothing of the person.
import { ref } from 'vue'
import { keep, recall } from '@shared/ui/preferences'

export interface Slip {
  reference: string
  token: string
}

const place = 'doorstep.slips'
const slips_max = 20

function kept(): Slip[] {
  try {
    return JSON.parse(recall(place) ?? '[]') as Slip[]
  } catch {
    return [] // not ours
  }
}

/** The newest first. */
export const slips = ref<Slip[]>(kept())

function keep_all(wanted: Slip[]) {
  slips.value = wanted.slice(0, slips_max)
  keep(place, slips.value.length ? JSON.stringify(slips.value) : null)
}

export function keep_slip({ reference, token }: Slip) {
  keep_all([{ reference, token }, ...kept().filter((slip) => slip.token !== token)])
}

export function drop_slip(token: string) {
  keep_all(kept().filter((slip) => slip.token !== token))
}
