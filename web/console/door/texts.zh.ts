export default {
  'sign_in.title': '登录工作台',
  'sign_in.username': '用户名',
  'sign_in.password': '密码',
  'sign_in.press': '登录',
  'sign_in.missing.username': '请填用户名',
  'sign_in.missing.password': '请填密码',

  'missing.title': '没有这一页',
  'missing.back': '回到窗口',
} as const
