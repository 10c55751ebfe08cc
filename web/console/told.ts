// The page of a thing that is edited on it: what was just done is said there once the page shows it.
import { ref, type Ref } from 'vue'
import { focus_heading } from '@shared/ui/page'

/** `left`: what the page before left to be said here. `ended`: whether the thing has ended, where it can. */
export function use_told(reload: () => Promise<unknown>, left = ref(''), ended?: Ref<boolean>) {
  const words = ref(left.value)
  left.value = ''
  async function changed(said: string) {
    words.value = said
    await reload()
    if (ended?.value) void focus_heading() // what was pressed is gone
  }
  function stale() {
    words.value = ''
    void reload()
  }
  return { words, changed, stale }
}
