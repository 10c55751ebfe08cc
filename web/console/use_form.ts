// A panel that turns into a form and back: the focus goes where one began, and not to the top of the page.
import { nextTick, shallowRef, useTemplateRef, watch, type Ref } from 'vue'
import type { ProblemError } from '@shared/api/problem'
import { focus_on } from '@shared/ui/page'

/** `form` and `heading` are the names of the template's refs. */
export function use_form<Form>(...problems: Ref<ProblemError | null>[]) {
  const form = shallowRef<Form | null>(null) as Ref<Form | null>
  const heading = useTemplateRef<HTMLElement>('heading')
  const place = useTemplateRef<HTMLElement>('place')
  function clear() {
    for (const problem of problems) problem.value = null
  }
  async function open(next: Form) {
    clear()
    form.value = next
    await nextTick()
    // To the first field; where there is none, to the question.
    const field = place.value?.querySelector<HTMLElement>('input, textarea, [data-ask]')
    if (field?.hasAttribute('data-ask')) focus_on(field)
    else field?.focus()
  }
  async function close() {
    form.value = null
    await nextTick()
    focus_on(heading.value)
  }
  watch(form, (now) => { if (!now) clear() })
  return { form, open, close, place }
}
