export default {
  'map.title': '地图',
  'map.zoom.in': '放大',
  'map.zoom.out': '缩小',
  'map.metres': '{count} 米',
  'map.kilometres': '{count} 公里',
  'map.scale': '比例尺：横线代表 {distance}。',
  'map.north': '北',
} as const
