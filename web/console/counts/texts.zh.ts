export default {
  'days.from': '从哪天',
  'days.until': '到哪天',
  'days.show': '看这段时间',
  'days.order': '第一天不能晚于最后一天。',
  'counts.matter': '事项',
} as const
