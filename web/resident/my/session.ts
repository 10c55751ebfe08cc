// Who is signed in, by phone or by the city's account.
import { computed, ref } from 'vue'
import { body, client } from '@shared/api/client'
import { make_session } from '@shared/api/session'

export const { session, signed_in, who_is_here, ask_again, leave_when_signed_out } = make_session(() => body(client.GET('/api/my/session')))

export const by_city = computed(() => session.value?.account === 'city')

/** Signed out by one's own wish, the page says so; otherwise it says that the time was over. */
export const by_wish = ref(false)
