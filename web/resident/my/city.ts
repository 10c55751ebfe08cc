// The way to the city's own sign-in page and back. Where somebody was going is kept in this tab meanwhile.
import { computed } from 'vue'
import { body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import { say } from '@shared/i18n'
import { by_city } from './session'
import { tm } from './texts'

export const city = use_load(() => body(client.GET('/api/my/city')))
/** Asks once. When that fails the phone is the way in. */
export function ask_for_city() {
  if (!city.data.value && !city.loading.value) void city.reload()
}
/** What the city's account is called here; nothing: there is none. */
export const city_name = computed(() => say(city.data.value?.name))

const storage_key = 'doorstep.city.way'

/** The page to go on to, one of one's own. */
export function way(): string {
  try {
    const kept = sessionStorage.getItem(storage_key) ?? ''
    return /^\/my(\/[\w/]*)?$/.test(kept) ? kept : '/my'
  } catch {
    return '/my'
  }
}

export function keep_way(path: string | null) {
  try {
    if (path === null) sessionStorage.removeItem(storage_key)
    else sessionStorage.setItem(storage_key, path)
  } catch {
    // Then it goes on with the first of one's own pages.
  }
}

/** The title of the question by which somebody shows once more that it is them. */
export const proof_title = () => tm(by_city.value ? 'city.again.title' : 'phone.title')
