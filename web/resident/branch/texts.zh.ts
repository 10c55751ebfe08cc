export default {
  'title': '我属于哪个支部？',
  'ask': '你住在哪里？',
  'ask.hint': '写路名和门牌号，比如：示例路 12 号。只用来查，查完不留。',
  'ask.missing': '请写路名和门牌号。',
  'ask.send': '查一查',

  'found': '这里是{community}',
  'official': '支部的全称',
  'official.hint': '抄到介绍信上，一个字都不要差。',
  'official.none': '支部的全称还没有登记。请到导办台问一声，有人帮你查。',
  'copy': '复制全称',
  'copied': '复制好了。',
  'venue': '为你服务的站点',
  'venue.none': '任何一个党群服务站都可以去，办的事一样。',
  'unsure': '觉得不对？请到导办台问一声，我们帮你核对。',

  'choose': '还差一点，才能确定',
  'choose.hint': '请把几弄、几号写全，再查一次；或者看看你家是不是在下面哪一段里。都不是，请到导办台问。',

  'unknown': '这里还查不到',
  'unknown.hint': '请看看路名和门牌有没有写错。没写错，就到导办台问一声，有人帮你查清楚；这里不替你猜。',

  'read': '我们读到的是：{address}',
  'again': '查另一个地址',
} as const
