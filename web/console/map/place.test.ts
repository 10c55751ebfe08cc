import { expect, test } from 'vitest'
import { read_place, say_place } from './place'

test('a place is read as maps give it', () => {
  expect(read_place('31.2962, 121.3120')).toEqual({ latitude: 31.2962, longitude: 121.312 })
  expect(read_place('31.2962，121.312')).toEqual({ latitude: 31.2962, longitude: 121.312 })
  expect(read_place('-31.5 -58')).toEqual({ latitude: -31.5, longitude: -58 })
  for (const typed of ['121.3120, 31.2962', '31.2962', '南翔', '31.2962, 200']) expect(read_place(typed), typed).toBeNull()
  expect(read_place(say_place({ latitude: 31.2962, longitude: 121.312 }))).toEqual({ latitude: 31.2962, longitude: 121.312 })
})
