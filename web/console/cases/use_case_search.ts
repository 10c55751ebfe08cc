// A number opens its case at once; a name or a phone tells something of somebody, and is looked for with a purpose.
import { computed, nextTick, ref, shallowRef, useTemplateRef, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { body, client, write_headers } from '@shared/api/client'
import { use_send } from '@shared/api/send'
import type { CaseRow } from '@shared/api/types'
import { focus_on } from '@shared/ui/page'
import { errand, said } from '../people/purpose'
import { leave_when_signed_out } from '../session'
import { meaning_of } from './meaning'
import { t } from './texts'

type Wish = { venue: string; purpose: string; name?: string; phone?: string; cursor?: string }

/** `field`, `purpose_field` and `heading` (of what was found) are the names of the template's refs. */
export function use_case_search(typed: Ref<string>, venue: () => string) {
  const router = useRouter()
  const field = useTemplateRef<{ focus: () => void }>('field')
  const purpose_field = useTemplateRef<{ focus: () => void }>('purpose_field')
  const heading = useTemplateRef<HTMLElement>('heading')
  const open = use_send((_, number: string) => body(client.GET('/api/desk/case-numbers/{number}', { params: { path: { number } } })))
  const ask = (key: string, wish: Wish) => body(client.POST('/api/desk/cases/find', { body: { ...wish, limit: 20 }, headers: write_headers(key) }))
  const find = use_send(ask)
  const more = use_send(ask)
  leave_when_signed_out(open.problem, find.problem, more.problem)

  const meaning = computed(() => meaning_of(typed.value))
  const of_somebody = computed(() => 'by' in meaning.value && meaning.value.by !== 'number')
  const tried = ref(false)
  const fault = computed(() => (tried.value && 'fault' in meaning.value ? t(`find.${meaning.value.fault}`) : ''))
  const found = shallowRef<{ wish: Wish; items: CaseRow[]; next: string | null } | null>(null)

  async function press() {
    tried.value = true
    open.problem.value = find.problem.value = null
    const { value } = meaning
    if ('fault' in value) return field.value?.focus()
    if (value.by === 'number') {
      const view = await open.press(value.value)
      if (view) await router.push(`/cases/${view.id}`)
      return
    }
    const purpose = said(errand.value)
    if (!purpose) return purpose_field.value?.focus()
    tried.value = false
    const wish = { venue: venue(), purpose, [value.by]: value.value }
    const page = await find.press(wish)
    if (!page) return
    found.value = { wish, ...page }
    await nextTick()
    focus_on(heading.value)
  }
  async function press_more() {
    const before = found.value
    if (!before?.next) return
    const page = await more.press({ ...before.wish, cursor: before.next })
    if (page) found.value = { ...before, items: [...before.items, ...page.items], next: page.next }
  }
  function close() {
    found.value = null
    typed.value = ''
    field.value?.focus()
  }
  return { open, find, more, meaning, of_somebody, tried, fault, found, press, press_more, close }
}
