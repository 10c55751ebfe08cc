export default {
  'houses.all': '{place} 全部门牌',
  'houses.odd': '{place} 全部单号',
  'houses.even': '{place} 全部双号',
  'houses.all.some': '{place} {from}–{to} 号',
  'houses.odd.some': '{place} {from}–{to} 号里的单号',
  'houses.even.some': '{place} {from}–{to} 号里的双号',
  'houses.all.on': '{place} {from} 号起，到最后',
  'houses.odd.on': '{place} {from} 号起的单号，到最后',
  'houses.even.on': '{place} {from} 号起的双号，到最后',
  'houses.one': '{place} {number} 号',
  'place.lane': '{street} {lane} 弄',
} as const
