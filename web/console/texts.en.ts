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
  'nav.communities': 'Communities',
  'nav.grids': 'Grids',
  'nav.posts': 'Posts',
  'nav.calendar': 'Calendar',
  'nav.devices': 'Devices',
  'nav.staff': 'Staff',
  'nav.audit': 'Audit',
  'sign_out': 'Sign out',
  'cancel': 'Not now',
  'sheet.press': 'Download as Excel',
  'sheet.press.of': 'Download as Excel: {of}',
  'sheet.done': 'Downloaded: {name}',
  'save': 'Save',
  'edit': 'Edit',
  'stale.detail': 'What you typed is still there. The page shows the latest now; check it, and press again if it should still change.',

  'account.of': 'My account: {name}',
} satisfies Record<keyof typeof zh, string>
