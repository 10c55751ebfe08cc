// Every page: its title in the tab, and the focus on its heading after a change of page, as a screen reader expects.
import { nextTick, watchEffect } from 'vue'
import type { Router } from 'vue-router'

export function use_title(title: () => string) {
  watchEffect(() => { document.title = title() })
}

export function focus_heading_after(router: Router) {
  router.afterEach((to, from, failure) => {
    // The first page of a visit comes from nowhere, and is read from its top.
    if (failure || from.matched.length === 0 || to.path === from.path) return
    void focus_heading()
  })
}

/** For a page that turns into another one without a new address, too. */
export async function focus_heading() {
  await nextTick()
  // A question of the console, whose heading is the label of its field, is begun in the field: its officer types one after another.
  const field = document.querySelector<HTMLElement>('main [data-begin] :is(input, textarea)')
  if (field) field.focus()
  else focus_on(document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main'))
  window.scrollTo(0, 0)
}

/** What was pressed may be gone: reading goes on here. */
export function focus_on(element: HTMLElement | null | undefined) {
  element?.setAttribute('tabindex', '-1')
  element?.focus()
}
