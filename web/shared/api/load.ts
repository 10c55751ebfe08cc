// Something a page shows: fetched on entry, again on wish, and kept on the screen while the network is away.
import { computed, ref, shallowRef } from 'vue'
import { as_problem, type ProblemError } from './problem'

export function use_load<T>(fetch_it: () => Promise<T>) {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<ProblemError | null>(null)
  const loading = ref(false)
  let running: Promise<void> | null = null
  let again = false

  async function once() {
    loading.value = true
    try {
      data.value = await fetch_it()
      problem.value = null
    } catch (thrown) {
      problem.value = as_problem(thrown)
    } finally {
      loading.value = false
    }
  }

  /** Asks once more; a wish that arrives while one is under way makes exactly one more round, never a pile of them. */
  function reload(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = (async () => {
      do {
        again = false
        await once()
      } while (again)
    })().finally(() => {
      running = null
    })
    return running
  }

  /** Known, but the last attempt to renew it failed. */
  const stale = computed(() => data.value !== null && problem.value !== null)
  return { data, problem, loading, stale, reload }
}
