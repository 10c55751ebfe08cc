import { afterEach, expect, test, vi } from 'vitest'
import { days_kept, discard_draft, draft_ends, draft_of, forget_old_drafts, keep_draft } from './draft'
import { drop_slip, keep_slip, slips } from './slips'

const day_ms = 86_400_000
const now = Date.parse('2026-11-24T09:00:00Z')
const kept = () => localStorage.getItem('doorstep.drafts')

afterEach(() => {
  for (const slip of slips.value) drop_slip(slip.token)
  localStorage.clear()
})

test('a draft of each matter is kept, and thrown away alone', () => {
  keep_draft('moving', 'answer.from', { from: 'far' }, now)
  keep_draft('room', 'answer.when', { when: 'evening' }, now)
  expect(draft_of('moving', now)).toEqual({ at: now, step: 'answer.from', answers: { from: 'far' } })
  discard_draft('moving')
  expect(draft_of('moving', now)).toBe(null)
  expect(draft_of('room', now)?.answers).toEqual({ when: 'evening' })
  discard_draft('room')
  expect(kept()).toBe(null)
})

test('a draft is gone after a fortnight, whatever was opened meanwhile', () => {
  keep_draft('moving', 'answer.from', { from: 'far' }, now)
  keep_draft('room', 'answer.when', { when: 'evening' }, now + day_ms)
  expect(draft_ends(draft_of('moving', now + day_ms)!).toISOString()).toBe('2026-12-08T09:00:00.000Z')
  forget_old_drafts(now + days_kept * day_ms - 1)
  expect(kept()).toContain('moving')
  forget_old_drafts(now + days_kept * day_ms)
  expect(kept()).not.toContain('moving')
  expect(kept()).toContain('room')
})

test('what stands there and is no draft does no harm', () => {
  localStorage.setItem('doorstep.drafts', '{')
  expect(draft_of('moving', now)).toBe(null)
})

test('a browser that refuses to store anything still asks the questions', () => {
  const refuse = () => { throw new Error('refused') }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  keep_draft('moving', 'answer.from', { from: 'far' }, now)
  expect(draft_of('moving', now)).toBe(null)
  vi.unstubAllGlobals()
})

test('slips are kept with the newest first, each once, and no more than twenty', () => {
  for (let count = 1; count <= 21; count += 1) keep_slip({ reference: `NX-${count}`, token: `t${count}` })
  keep_slip({ reference: 'NX-3', token: 't3' })
  expect(slips.value).toHaveLength(20)
  expect(slips.value.slice(0, 2).map((slip) => slip.reference)).toEqual(['NX-3', 'NX-21'])
  drop_slip('t3')
  expect(JSON.parse(localStorage.getItem('doorstep.slips')!)[0]).toEqual({ reference: 'NX-21', token: 't21' })
})
