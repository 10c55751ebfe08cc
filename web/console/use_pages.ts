// A list that is read page after page, and renewed as far as somebody has read it.
import { ref } from 'vue'
import { use_load } from '@shared/api/load'

export const page_length = 20

export function use_pages<Item>(page_of: (cursor: string | undefined) => Promise<{ items: Item[]; next: string | null }>) {
  const wanted = ref(page_length)
  const list = use_load(async () => {
    const items: Item[] = []
    let next: string | null = null
    do {
      const found = await page_of(next ?? undefined)
      items.push(...found.items)
      next = found.next
    } while (next && items.length < wanted.value)
    return { items, next }
  })
  function more() {
    wanted.value += page_length
    return list.reload()
  }
  /** From the beginning: something else is asked for. */
  function begin() {
    wanted.value = page_length
    list.data.value = null
    return list.reload()
  }
  return { ...list, more, begin }
}
