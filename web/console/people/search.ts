// People are looked for by one word or number, with a purpose; page after page.
import { computed, nextTick, ref, useTemplateRef, type Ref } from 'vue'
import { use_send } from '@shared/api/send'
import { focus_on } from '@shared/ui/page'
import { leave_when_signed_out } from '../session'
import { meaning_of } from './meaning'
import { find_people, remember, type Found } from './people'
import { said, type Purpose } from './purpose'
import { t } from './texts'

/** `field`, `purpose_field` and `heading` (of what was found) are the names of the template's refs. */
export function use_search(typed: Ref<string>, purpose: Ref<Purpose>, found: Ref<Found | null>) {
  const field = useTemplateRef<{ focus: () => void }>('field')
  const purpose_field = useTemplateRef<{ focus: () => void }>('purpose_field')
  const heading = useTemplateRef<HTMLElement>('heading')
  const find = use_send(find_people)
  const more = use_send(find_people)
  leave_when_signed_out(find.problem, more.problem)

  const meaning = computed(() => meaning_of(typed.value))
  const tried = ref(false)
  const fault = computed(() => (tried.value && 'fault' in meaning.value ? t(`find.${meaning.value.fault}`) : ''))

  async function press() {
    tried.value = true
    const wish = meaning.value
    if ('fault' in wish) return field.value?.focus()
    const words = said(purpose.value)
    if (!words) return purpose_field.value?.focus()
    tried.value = false
    const page = await find.press(wish.by, wish.value, words)
    if (!page) return
    found.value = { ...page, ...wish, purpose: words }
    remember(...page.items)
    await nextTick()
    focus_on(heading.value)
  }
  async function press_more() {
    const before = found.value
    if (!before?.next) return
    const page = await more.press(before.by, before.value, before.purpose, before.next)
    if (!page) return
    found.value = { ...before, items: [...before.items, ...page.items], next: page.next }
    remember(...page.items)
  }
  return { find, more, meaning, tried, fault, press, press_more }
}
