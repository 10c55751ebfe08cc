export default {
  'title': '{page} · 家门口工作台',
  'console': '工作台',
  'nav': '工作台的页面',
  'nav.desk': '窗口',
  'nav.cases': '办件',
  'nav.people': '居民',
  'nav.organisations': '组织',
  'nav.venues': '场所',
  'nav.posts': '岗位',
  'nav.devices': '设备',
  'nav.staff': '人员',
  'nav.imports': '导入表格',
  'nav.audit': '查看记录',
  'sign_out': '退出登录',
  'cancel': '先不改',

  'account.of': '我的账号：{name}',
} as const
