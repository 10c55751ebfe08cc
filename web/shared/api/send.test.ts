import { describe, expect, test } from 'vitest'
import { use_load } from './load'
import { offline_problem, problem_from } from './problem'
import { use_send } from './send'

describe('a wish', () => {
  test('keeps its key while its outcome is unknown, and gets a new one after an answer', async () => {
    const keys: string[] = []
    let fail: Error | null = offline_problem()
    const { press, problem } = use_send(async (key, service: string) => {
      keys.push(key)
      if (fail) throw fail
      return service
    })
    expect(await press('ask')).toBeUndefined()
    expect(problem.value?.kind).toBe('offline')
    fail = null
    expect(await press('ask')).toBe('ask')
    expect(problem.value).toBeNull()
    expect(keys[1]).toBe(keys[0])
    await press('ask')
    expect(keys[2]).not.toBe(keys[0])
  })

  test('that differs is another wish', async () => {
    const keys: string[] = []
    const { press } = use_send(async (key, service: string) => {
      keys.push(`${key}/${service}`)
      throw offline_problem()
    })
    await press('ask')
    await press('other')
    expect(keys[0]!.split('/')[0]).not.toBe(keys[1]!.split('/')[0])
  })

  test('that was refused is over', async () => {
    const keys: string[] = []
    const { press } = use_send(async (key) => {
      keys.push(key)
      throw problem_from(409, { code: 'queue_empty', title: '没有人' })
    })
    await press()
    await press()
    expect(keys[0]).not.toBe(keys[1])
  })

  test('is sent once however often one presses meanwhile', async () => {
    let sent = 0
    let release: () => void = () => undefined
    const { press, busy } = use_send(() => {
      sent += 1
      return new Promise<void>((resolve) => { release = resolve })
    })
    const first = press()
    void press()
    expect(busy.value).toBe(true)
    expect(sent).toBe(1)
    release()
    await first
    expect(busy.value).toBe(false)
  })
})

describe('something loaded', () => {
  test('stays on the page while the network is away', async () => {
    let fail = false
    const { data, problem, stale, reload } = use_load(async () => {
      if (fail) throw offline_problem()
      return 'A012'
    })
    await reload()
    fail = true
    await reload()
    expect(data.value).toBe('A012')
    expect(problem.value?.kind).toBe('offline')
    expect(stale.value).toBe(true)
  })

  test('is fetched once more, not ten times, when ten events arrive during a fetch', async () => {
    let asked = 0
    const { reload } = use_load(async () => {
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 5))
      return asked
    })
    await Promise.all(Array.from({ length: 10 }, () => reload()))
    expect(asked).toBe(2)
  })
})
