export default {
  'receipt.at': '{at}收件',
  'receipt.came': '收到的材料',
  'receipt.came.none': '没有交材料。',
  'receipt.awaited': '还没有收到',
  'receipt.by': '{day}前补来',
  'receipt.first': '首问责任人',
  'receipt.handler': '承办人',
  'receipt.promised': '答应办好的日子',
  'receipt.provisional': '（节假日公布后可能会变）',
  'receipt.where': '到哪里问',
  'receipt.picture': '查看办理进度的二维码',
  'receipt.look': '用手机扫一扫，看办到哪里了。没有手机，凭编号到窗口问。',
} as const
