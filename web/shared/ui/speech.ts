// Reading aloud, where the device has a voice for the language. Where it has none, nothing is offered.
import { computed, onScopeDispose, ref } from 'vue'
import { language, language_tag } from '../i18n'

const voices = ref<SpeechSynthesisVoice[]>([])
const synthesis = typeof speechSynthesis === 'undefined' ? null : speechSynthesis
if (synthesis) {
  const look = () => { voices.value = synthesis.getVoices() }
  look()
  synthesis.addEventListener?.('voiceschanged', look)
}

export function use_speech() {
  const speaking = ref(false)
  const voice = computed(() => voices.value.find((found) => found.lang.toLowerCase().startsWith(language.value)) ?? null)

  function stop() {
    synthesis?.cancel()
    speaking.value = false
  }

  function speak(text: string) {
    if (!synthesis || !voice.value) return
    stop()
    const said = new SpeechSynthesisUtterance(text)
    said.voice = voice.value
    said.lang = language_tag.value
    said.rate = 0.9
    said.onend = said.onerror = () => { speaking.value = false }
    speaking.value = true
    synthesis.speak(said)
  }

  onScopeDispose(stop)
  return { voice, speaking, speak, stop }
}
