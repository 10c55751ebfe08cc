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
