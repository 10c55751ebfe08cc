// A phone is sent a code. The server sends no second one within a minute; until then a page does not offer it.
import { computed, onScopeDispose, ref } from 'vue'
import { body, client, write_headers } from './client'
import { use_send } from './send'

export const code_length = 6
const between_codes_ms = 60_000

export function use_code() {
  const ask = use_send((key, phone: string) => body(client.POST('/api/my/codes', { body: { phone }, headers: write_headers(key) })))
  const may_ask_again = ref(true)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  async function send_code(phone: string) {
    await ask.press(phone.trim())
    if (ask.problem.value) return
    may_ask_again.value = false
    clearTimeout(timer)
    timer = setTimeout(() => { may_ask_again.value = true }, between_codes_ms)
  }
  /** Just sent one: then it is on its way, and the next question may be answered with it. */
  const sent_before = computed(() => ask.problem.value?.code === 'code_too_soon')
  return { ask, may_ask_again, send_code, sent_before }
}
