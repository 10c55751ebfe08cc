// How the page stands with the server. Apart from live.ts, so that a frame which only says it does not load the rest.
import { computed, ref } from 'vue'
import type { LiveState } from './live_hub'

export const stream = ref<LiveState>('connecting')
export const network = ref(typeof navigator === 'undefined' || navigator.onLine !== false)
export const listening = ref(0)

/** Shown to the reader whenever it is not 'open'. */
export const connection = computed<'open' | 'connecting' | 'lost' | 'offline'>(() => {
  if (!network.value) return 'offline'
  return listening.value > 0 ? stream.value : 'open'
})

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => { network.value = true })
  window.addEventListener('offline', () => { network.value = false })
}
