// What has been answered so far, and the draft that is kept of it.
import { computed, reactive, shallowRef, watch, type Ref } from 'vue'
import type { MatterView } from '@shared/api/types'
import { discard_draft, draft_of, keep_draft } from './draft'
import { asked_of, cleaned, fault_of, type Answers, type Asked } from './questions'
import { both } from './texts'

// Who is asking comes last: it is in memory only, and lost when the page is left.
const about_oneself: Asked[] = [
  { step: 'name', key: null, kind: 'text', ask: both('name.ask'), help: both('name.help'), choices: [], optional: false },
  { step: 'phone', key: null, kind: 'phone', ask: both('phone.ask'), help: both('phone.help'), choices: [], optional: false },
]

/** `before`: what was answered in the pre-check. */
export function use_answers(matter: MatterView, step: Ref<string>, before: Answers) {
  const draft = shallowRef(draft_of(matter.key))
  const answers = reactive<Answers>({ ...draft.value?.answers, ...before })
  const applicant = reactive({ name: '', phone: '' })

  const of_matter = computed(() => asked_of(matter, answers))
  const asked = computed(() => [...of_matter.value, ...about_oneself])
  const given = (each: Asked) => (each.key === null ? applicant[each.step as 'name' | 'phone'] : answers[each.key])
  const answer_to = (each: Asked): string => given(each) ?? ''
  function write(each: Asked, answer: string) {
    if (each.key === null) applicant[each.step as 'name' | 'phone'] = answer
    else answers[each.key] = answer
  }
  /** The first question without a fitting answer; as many as there are when all have one. */
  const open_at = computed(() => {
    const found = asked.value.findIndex((each) => given(each) === undefined || fault_of(each, cleaned(each.kind, answer_to(each))) !== null)
    return found < 0 ? asked.value.length : found
  })
  const answers_sent = (): Answers => Object.fromEntries(of_matter.value.map((each) => [each.key!, cleaned(each.kind, answer_to(each))]))

  // A phone number stands in the page alone.
  const to_keep = (): Answers => Object.fromEntries(Object.entries(answers).filter(([key]) => matter.form.find((field) => field.key === key)?.kind !== 'phone'))
  watch([answers, step], () => {
    const kept = to_keep()
    if (step.value === '' || !Object.values(kept).some(Boolean)) return
    keep_draft(matter.key, step.value, kept)
    draft.value = draft_of(matter.key)
  }, { flush: 'sync' })
  function drop() {
    for (const key of Object.keys(answers)) delete answers[key]
    Object.assign(applicant, { name: '', phone: '' })
    discard_draft(matter.key)
    draft.value = null
  }

  return { asked, answer_to, write, open_at, draft, drop, answers_sent, applicant }
}
