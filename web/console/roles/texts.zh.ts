export default {
  'role.greeter': '导办',
  'role.window_officer': '窗口人员',
  'role.branch_secretary': '支部书记',
  'role.committee_officer': '党委工作人员',
  'role.station_keeper': '站点管理员',
  'role.grid_head': '网格长',
  'role.lecturer': '讲师',
  'role.centre_manager': '中心主任',
  'role.auditor': '审计',
  'role.administrator': '系统管理员',
} as const
