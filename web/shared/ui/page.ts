// Every page: its title in the tab, and the focus on its heading after a change of page, as a screen reader expects.
import { nextTick, watchEffect } from 'vue'
import type { Router } from 'vue-router'

export function use_title(title: () => string) {
  watchEffect(() => { document.title = title() })
}

export function focus_heading_after(router: Router) {
  let first = true
  router.afterEach((to, from, failure) => {
    if (failure || to.path === from.path) return
    if (first) {
      first = false
      return
    }
    void nextTick(() => {
      const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main')
      heading?.setAttribute('tabindex', '-1')
      heading?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    })
  })
}
