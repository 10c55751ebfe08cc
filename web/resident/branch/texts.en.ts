import type zh from './texts.zh'

export default {
  'title': 'Which branch is mine?',
  'ask': 'Where do you live?',
  'ask.hint': 'Write the street and the house number. It is only looked up, and kept nowhere.',
  'ask.missing': 'Please write the street and the house number.',
  'ask.send': 'Look it up',

  'found': 'This is {community}',
  'official': 'The exact name of the branch',
  'official.hint': 'Copy it onto the letter, exact to the character.',
  'official.none': 'The exact name of the branch is not recorded yet. Ask at the guide desk, and somebody finds it for you.',
  'copy': 'Copy the name',
  'copied': 'Copied.',
  'venue': 'The station that serves you',
  'venue.none': 'You may go to any of the stations; all do the same for you.',
  'unsure': 'Does this look wrong? Ask at the guide desk, and we check it with you.',

  'choose': 'A little more is needed to be sure',
  'choose.hint': 'Write the lane and the number, too, and look again; or see whether your house is one of these. If it is not, ask at the guide desk.',

  'unknown': 'This is not known here yet',
  'unknown.hint': 'See whether the street and the number are right. If they are, ask at the guide desk, where somebody finds out for you; we do not guess.',

  'read': 'We read your address as: {address}',
  'again': 'Look up another address',
} as const satisfies Record<keyof typeof zh, string>
