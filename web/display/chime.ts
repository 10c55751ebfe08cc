// Two soft bell notes, made on the spot. Browsers allow sound only after somebody touched the page (a kiosk browser may
// be started with sound allowed); until then, and wherever sound fails, the screen works in silence.
import { ref } from 'vue'

export const sound_allowed = ref(false)
let context: AudioContext | null = null

export async function allow_sound(): Promise<boolean> {
  try {
    context ??= new AudioContext()
    if (context.state !== 'running') {
      // resume() waits for a touch without end where sound is blocked.
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 500))])
    }
    sound_allowed.value = context.state === 'running'
  } catch {
    sound_allowed.value = false
  }
  return sound_allowed.value
}

export function silence() {
  sound_allowed.value = false
}

function note(at: AudioContext, start: number, frequency: number) {
  const gain = at.createGain()
  gain.connect(at.destination)
  gain.gain.setValueAtTime(0.0001, start)
  gain.gain.exponentialRampToValueAtTime(0.4, start + 0.02)
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 1.4)
  for (const [times, share] of [[1, 1], [2.01, 0.25]] as const) {
    const voice = at.createOscillator()
    const level = at.createGain()
    level.gain.value = share
    voice.type = 'sine'
    voice.frequency.value = frequency * times
    voice.connect(level).connect(gain)
    voice.start(start)
    voice.stop(start + 1.5)
  }
}

export function chime() {
  if (!context || !sound_allowed.value || context.state !== 'running') return
  try {
    note(context, context.currentTime + 0.02, 659.25)
    note(context, context.currentTime + 0.4, 523.25)
  } catch {
    // A call is never held up by its bell.
  }
}
