import type zh from './texts.zh'

export default {
  'days.from': 'From',
  'days.until': 'Until',
  'days.show': 'Show this time',
  'days.order': 'The first day cannot be after the last.',
  'counts.matter': 'Matter',
} satisfies Record<keyof typeof zh, string>
