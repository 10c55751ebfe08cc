import type zh from './texts.zh'

export default {
  'sign_in.title': 'Sign in to the console',
  'sign_in.username': 'User name',
  'sign_in.password': 'Password',
  'sign_in.press': 'Sign in',
  'sign_in.missing.username': 'Please fill in the user name',
  'sign_in.missing.password': 'Please fill in the password',

  'missing.title': 'There is no such page',
  'missing.back': 'Back to the window',
} satisfies Record<keyof typeof zh, string>
