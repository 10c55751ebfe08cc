// A list by what is looked for in it. Finding is the server's: so the list and its sheet have the same ones.
import { computed, onScopeDispose, watch, type Ref } from 'vue'
import { use_load } from '@shared/api/load'

const pause_ms = 300

export const same_wish = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

/** Asks at once, and again when somebody has stopped typing and choosing. What is shown until then was `asked` before. */
export function use_found<Wish extends object, Item>(wish: Ref<Wish>, find: (asked: Wish) => Promise<Item[]>) {
  const load = use_load(async () => {
    const asked = { ...wish.value }
    return { asked, items: await find(asked) }
  })
  void load.reload()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  watch(wish, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void load.reload(), pause_ms)
  }, { deep: true })
  /** Whether what is shown is what is looked for now. */
  const answered = computed(() => load.data.value !== null && same_wish(load.data.value.asked, wish.value))
  return { ...load, answered }
}
