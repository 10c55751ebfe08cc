import type zh from './texts.zh'

export default {
  'receipt.at': 'Taken in {at}',
  'receipt.came': 'What was handed in',
  'receipt.came.none': 'No papers were handed in.',
  'receipt.awaited': 'Not here yet',
  'receipt.by': 'by {day}',
  'receipt.first': 'Your first contact',
  'receipt.handler': 'Your handler',
  'receipt.promised': 'Promised by',
  'receipt.provisional': '(may change when the holidays are known)',
  'receipt.where': 'Where to ask',
  'receipt.picture': 'A code that leads to the page of this case',
  'receipt.look': 'Scan this with a phone to see how it stands. Without a phone, ask at a window with the number.',
} satisfies Record<keyof typeof zh, string>
