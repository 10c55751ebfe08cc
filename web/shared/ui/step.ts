// The questions of one page, each with an entry of its own in the history: the way back of the phone leads to the one before.
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { focus_heading } from './page'

export function use_step() {
  const route = useRoute()
  const router = useRouter()
  const step = computed(() => (typeof route.query.step === 'string' ? route.query.step : ''))
  watch(step, () => void focus_heading())

  const go = (next: string) => router.push({ query: { step: next } })
  /** Back to the page itself, and in the history too: a question that was answered is not come back to. */
  function leave() {
    if (router.options.history.state.back === route.path) router.back()
    else void router.replace({ query: {} })
  }
  return { step, go, leave }
}
