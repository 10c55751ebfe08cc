import { expect, test } from 'vitest'
import type { VenueView } from '@shared/api/types'
import { changes, empty_form, form_of, merge, read_form } from './facts'

const venue: VenueView = {
  id: 've_1', version: 3, kind: 'station', name: { zh: '示例站', en: 'Sample' }, address: { zh: '示例路 1 号', en: '1 Sample Road' }, organisation: 'or_1', community: null,
  place: { latitude: 31.2962, longitude: 121.312 }, step_free: 'no', step_free_note: { zh: '有台阶', en: 'Steps' }, ended_at: null,
}

test('what was read is what was written', () => {
  expect(read_form(form_of(venue))).toEqual({
    kept: { kind: 'station', name: venue.name, address: venue.address, community: null, place: venue.place, step_free: 'no', step_free_note: venue.step_free_note },
  })
  expect(changes(form_of(venue), (read_form(form_of(venue)) as { kept: never }).kept)).toEqual({})
})

test('the first thing that is wrong is named; a missing English text is the Chinese one', () => {
  expect(read_form(empty_form())).toEqual({ fault: 'name' })
  expect(read_form({ ...empty_form(), name: '示例站' })).toEqual({ fault: 'address' })
  expect(read_form({ ...form_of(venue), place: '不知道' })).toEqual({ fault: 'place' })
  expect(read_form({ ...form_of(venue), note: '', note_en: 'Ramp' })).toEqual({ fault: 'note' })
  const said = read_form({ ...empty_form(), name: ' 示例站 ', address: '示例路' })
  expect('kept' in said && said.kept).toMatchObject({ name: { zh: '示例站', en: '示例站' }, address: { zh: '示例路', en: '示例路' }, place: null, step_free_note: null })
})

test('only what was touched is sent, and a place may be taken away', () => {
  const before = form_of(venue)
  const said = read_form({ ...before, place: '', name: '示例新站' })
  expect('kept' in said && changes(before, said.kept)).toEqual({ place: null, name: { zh: '示例新站', en: 'Sample' } })
})

test('what a colleague wrote meanwhile is kept beside what one typed oneself', () => {
  const before = form_of(venue)
  const now = form_of({ ...venue, version: 4, address: { zh: '示例路 9 号', en: '9 Sample Road' }, name: { zh: '同事的名称', en: 'Sample' } })
  const { form, renewed } = merge(before, { ...before, name: '我的名称' }, now)
  expect(form.name).toBe('我的名称')
  expect(form.address).toBe('示例路 9 号')
  expect(renewed).toEqual(['name', 'address', 'address_en'])
})
