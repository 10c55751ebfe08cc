import { expect, test } from 'vitest'
import { place_of } from './mandates'

test('a mandate has one place on the page', () => {
  expect(place_of({ side: 'agent', state: 'offered' })).toBe('asked')
  expect(place_of({ side: 'giver', state: 'offered' })).toBe('given')
  expect(place_of({ side: 'giver', state: 'active' })).toBe('given')
  expect(place_of({ side: 'agent', state: 'active' })).toBe('held')
  expect(place_of({ side: 'agent', state: 'ended' })).toBe('over')
})
