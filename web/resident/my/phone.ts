// The number that a code goes to. Between the two questions it is kept in this tab: a phone that shows its messages in the
// meantime may have to load the page anew, and nobody should have to type the number twice.
import { ref } from 'vue'

const storage_key = 'doorstep.phone'

function kept(): string {
  try {
    return sessionStorage.getItem(storage_key) ?? ''
  } catch {
    return ''
  }
}

export const phone = ref(kept())

export function keep_phone(wanted: boolean) {
  try {
    if (wanted) sessionStorage.setItem(storage_key, phone.value)
    else sessionStorage.removeItem(storage_key)
  } catch {
    // Then it is typed again.
  }
}

/** 138 0013 8000 and 310114 19520308 0028, as they are read out. */
export function spaced(number: string): string {
  return number.trim().replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3').replace(/^(\d{6})(\d{8})(\d{3}[\dX])$/, '$1 $2 $3')
}

/** The digits of a code as it may be typed: "１２３ ４５６", or with the words around it. */
export function digits_of(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '')
}
