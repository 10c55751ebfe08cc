import type zh from './texts.zh'

export default {
  'title': '{page} · Doorstep console',
  'console': 'Console',
  'nav': 'Pages of the console',
  'nav.desk': 'Window',
  'nav.cases': 'Cases',
  'nav.people': 'People',
  'nav.organisations': 'Organisations',
  'nav.venues': 'Venues',
  'nav.posts': 'Posts',
  'nav.devices': 'Devices',
  'nav.staff': 'Staff',
  'nav.imports': 'Imports',
  'nav.audit': 'Audit',
  'sign_out': 'Sign out',
  'cancel': 'Not now',

  'account.of': 'My account: {name}',
} satisfies Record<keyof typeof zh, string>
