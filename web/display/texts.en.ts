import type zh from './texts.zh'

export default {
  'title': 'Calls · {hall}',
  'calls': 'Now calling',
  'to': 'please go to',
  'window': 'Window {number}',
  'calls.none': 'No calls yet',
  'calls.none.detail': 'Take a ticket and have a seat; your number appears here.',
  'earlier': 'Called before',
  'windows': 'Windows',
  'windows.none': 'No window is open yet',
  'state.closed': 'closed',
  'state.paused': 'back soon',
  'state.free': 'free',
  'waiting': 'Waiting',
  'closed': 'The hall is closed now',
  'closed.detail': 'Today {hours}',
  'closed.detail.none': 'Not open today',
  'announce': 'Number {number}, please go to window {window}',
  'sound.on': 'Turn the chime on',
  'sound.off': 'Turn the chime off',
  'no_hall': 'No hall is set up yet',
} satisfies Record<keyof typeof zh, string>
