// A list that is only shown with a purpose, and kept as long as its record is on the screen.
import { nextTick, ref, shallowRef, useTemplateRef, type Ref } from 'vue'
import type { ProblemError } from '@shared/api/problem'
import { use_send } from '@shared/api/send'
import { focus_on } from '@shared/ui/page'

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

/** One of its rows is asked about before something happens to it. `heading` and `question` are the names of the template's refs. */
export function use_question(problem: Ref<ProblemError | null>) {
  const asked = ref('')
  const heading = useTemplateRef<HTMLElement>('heading')
  const question = useTemplateRef<HTMLElement[]>('question')
  async function to_heading() {
    await nextTick()
    focus_on(heading.value)
  }
  async function ask(id: string) {
    problem.value = null
    asked.value = id
    await nextTick()
    focus_on(question.value?.[0])
  }
  async function close() {
    asked.value = ''
    await to_heading()
  }
  return { asked, ask, close, to_heading }
}
