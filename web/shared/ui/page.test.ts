import { mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import { createRouter, createMemoryHistory, RouterView } from 'vue-router'
import { focus_heading_after } from './page'

const page = (words: string) => ({ template: `<main><h1>${words}</h1></main>` })
let shown: ReturnType<typeof mount> | undefined
afterEach(() => shown?.unmount())

async function open(path: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page('首页') }, { path: '/my', component: page('我的信息') }] })
  focus_heading_after(router)
  await router.push(path)
  shown = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await nextTick()
  return router
}

test.each([['/', '/my', '我的信息'], ['/my', '/', '首页']])('opened at %s, the focus stays; at %s it is on the heading', async (first, second, heading) => {
  const router = await open(first)
  expect(document.activeElement).toBe(document.body)
  await router.push(second)
  await nextTick()
  await nextTick()
  expect(document.activeElement?.textContent).toBe(heading)
})

test('another question of the same page is left to the page', async () => {
  const router = await open('/my')
  await router.push('/my?step=code')
  await nextTick()
  expect(document.activeElement).toBe(document.body)
})
