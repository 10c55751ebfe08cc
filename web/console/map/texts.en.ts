import type zh from './texts.zh'

export default {
  'map.title': 'Map',
  'map.zoom.in': 'Zoom in',
  'map.zoom.out': 'Zoom out',
  'map.metres': '{count} m',
  'map.kilometres': '{count} km',
  'map.scale': 'Scale: the bar stands for {distance}.',
  'map.north': 'N',
} satisfies Record<keyof typeof zh, string>
