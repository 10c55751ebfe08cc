import type zh from './texts.zh'

export default {
  'houses.all': '{place}, all numbers',
  'houses.odd': '{place}, all odd numbers',
  'houses.even': '{place}, all even numbers',
  'houses.all.some': '{place}, {from} to {to}',
  'houses.odd.some': '{place}, odd numbers from {from} to {to}',
  'houses.even.some': '{place}, even numbers from {from} to {to}',
  'houses.all.on': '{place}, {from} and up',
  'houses.odd.on': '{place}, odd numbers from {from} up',
  'houses.even.on': '{place}, even numbers from {from} up',
  'houses.one': '{place}, number {number}',
  'place.lane': '{street}, lane {lane}',
} as const satisfies Record<keyof typeof zh, string>
