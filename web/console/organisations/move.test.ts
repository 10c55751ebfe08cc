import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretend_server, type Said } from '@shared/api/pretend_server'
import type { OrganisationView } from '@shared/api/types'
import MoveOrganisation from './MoveOrganisation.vue'

const organisation = (number: number, more: Partial<OrganisationView> = {}) => ({
  id: `or_${number}`, version: 1, kind: 'branch', parent: null, name: { zh: `第 ${number} 支部`, en: `Branch ${number}` }, official_name: null, below: 0, venues: 0, ended_at: null, ...more,
}) as OrganisationView
const list = <T>(...items: T[]): Said => ({ body: { items, next: null } })
const refusal = (code: string, status = 409): Said => ({ status, body: { code, title: code, detail: `${code} 怎么办` } })
const moved = organisation(3, { version: 7, parent: 'or_1' })

let server: ReturnType<typeof pretend_server>
let shown: VueWrapper
beforeEach(() => { server = pretend_server() })
afterEach(() => {
  shown?.unmount()
  vi.unstubAllGlobals()
})
async function open(answers: Record<string, Said[]>) {
  server.answers = { 'GET /api/organisations': [list(organisation(1), organisation(2), moved)], 'GET /api/organisations/or_1': [{ body: organisation(1) }], 'GET /api/organisations/or_2': [{ body: organisation(2) }], ...answers }
  shown = mount(MoveOrganisation, { props: { organisation: moved }, attachTo: document.body })
  await flushPromises()
}
async function press(words: string) {
  const found = shown.findAll('button').find((each) => each.text().startsWith(words))!
  await (found.attributes('type') === 'submit' ? shown.get('form').trigger('submit') : found.trigger('click'))
  for (let count = 0; count < 3; count += 1) await flushPromises()
}
const asked = () => server.asked.filter(({ what }) => what === 'PATCH /api/organisations/or_3')

test('an organisation goes below another one, with the version that was seen; refusals are said, what was chosen stays', async () => {
  await open({ 'PATCH /api/organisations/or_3': [refusal('organisation_below_itself'), refusal('version_differs', 412), { body: { ...moved, version: 8, parent: 'or_2' } }] })
  expect(shown.text()).toContain('现在的上级：第 1 支部')
  await press('换上级')
  expect(shown.text()).toContain('原来上级那里的人，从此管不到它')
  await press('换过去')
  expect(shown.get('[role=alert]').text()).toBe('还没有选')
  await press('第 1 支部')
  await press('换过去')
  expect(shown.get('[role=alert]').text()).toContain('它现在就在这个组织下面')
  expect(asked()).toEqual([])
  await press('第 2 支部')
  await press('换过去')
  expect(shown.get('[role=alert]').text()).toContain('organisation_below_itself 怎么办')
  await press('换过去')
  expect(shown.get('[role=alert]').text()).toContain('你填的还在')
  expect(shown.emitted('stale')).toHaveLength(1)
  await shown.setProps({ organisation: { ...moved, version: 8 } })
  await press('换过去')
  expect(asked().map(({ version, body }) => ({ version, body }))).toEqual([
    { version: '"7"', body: { parent: 'or_2' } }, { version: '"7"', body: { parent: 'or_2' } }, { version: '"8"', body: { parent: 'or_2' } },
  ])
  expect(shown.emitted('changed')).toHaveLength(1)
  expect(shown.get('.told').text()).toBe('“第 3 支部”换好了，全部下级也跟着过去了。')
})
