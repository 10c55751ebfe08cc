// A list that is only shown with a purpose, and kept as long as its record is on the screen.
import { ref, shallowRef } from 'vue'
import { use_send } from '@shared/api/send'

type Page<Row> = { items: Row[]; next: string | null }

export function use_looked_list<Row extends { id: string }>(ask: (key: string, purpose: string, cursor?: string) => Promise<Page<Row>>) {
  const items = shallowRef<Row[] | null>(null)
  const next = ref<string | null>(null)
  let purpose = ''
  const first = use_send(ask)
  const older = use_send(ask)

  async function show(words: string) {
    purpose = words
    const page = await first.press(words)
    if (!page) return false
    items.value = page.items
    next.value = page.next
    return true
  }
  async function more() {
    const page = next.value && (await older.press(purpose, next.value))
    if (!page) return
    items.value = [...(items.value ?? []), ...page.items]
    next.value = page.next
  }
  /** As it has become by what was just done; nobody looks once more for it. */
  function put(row: Row) {
    items.value = items.value?.map((each) => (each.id === row.id ? row : each)) ?? null
  }
  return { items, next, first, older, show, more, put }
}
