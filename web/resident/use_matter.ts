// A service of this hall with the matter it takes in: what to bring comes from one, the ticket from the other.
// Some services have no matter (asking, advice); some matters have no service here. Each still has its page.
import { computed, watch } from 'vue'
import { all_items, body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import { ProblemError } from '@shared/api/problem'
import type { ServiceView } from '@shared/api/types'
import { hall, town } from './town'

export function use_matter(key: string) {
  const services = use_load(async () => {
    const id = hall.value?.id
    if (!id) return null
    return all_items<ServiceView>((cursor) => body(client.GET('/api/halls/{hall}/services', { params: { path: { hall: id }, query: { cursor, limit: 100 } } })))
  })
  const matter = use_load(async () => {
    const known = services.data.value?.find((found) => found.key === key)
    if (known && known.matter === null) return { found: null }
    try {
      return { found: await body(client.GET('/api/matters/{matter}', { params: { path: { matter: known?.matter ?? key } } })) }
    } catch (thrown) {
      if (thrown instanceof ProblemError && thrown.kind === 'not_found') return { found: null }
      throw thrown
    }
  })
  watch(() => hall.value?.id, async () => {
    await services.reload()
    if (hall.value) await matter.reload()
  }, { immediate: true })

  const service = computed(() => services.data.value?.find((found) => found.key === key) ?? services.data.value?.find((found) => found.matter === key) ?? null)
  const name = computed(() => matter.data.value?.found?.name ?? service.value?.name ?? null)
  const known = computed(() => matter.data.value !== null && (matter.data.value.found !== null || services.data.value !== null))
  const missing = computed(() => known.value && matter.data.value?.found === null && service.value === null)
  const problem = computed(() => (known.value ? null : matter.problem.value ?? services.problem.value ?? (hall.value ? null : town.problem.value)))
  async function again() {
    await town.reload()
    await services.reload()
    await matter.reload()
  }
  return { matter: computed(() => matter.data.value?.found ?? null), service, name, known, missing, problem, again }
}
