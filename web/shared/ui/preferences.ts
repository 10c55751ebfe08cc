// What a reader chose for this device: size of the text, light or dark. Nothing of it leaves the device.
import { ref, watchEffect } from 'vue'

export type TextSize = 1 | 2 | 3
export type Theme = 'light' | 'dark'

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function keep(name: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // Without storage the choice lasts until the page is left.
  }
}

export const recall = kept

const size = Number(kept('doorstep.text_size'))
export const text_size = ref<TextSize>(size === 2 || size === 3 ? size : 1)

export function use_text_size() {
  watchEffect(() => {
    document.documentElement.dataset.textSize = String(text_size.value)
    keep('doorstep.text_size', String(text_size.value))
  })
}

/** Dark by wish (?theme=dark, or the button), else as the device says. */
export function use_theme(name: string) {
  const asked = new URLSearchParams(location.search).get('theme') ?? kept(name)
  const device = typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  const theme = ref<Theme>(asked === 'dark' || asked === 'light' ? asked : device)
  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value
    document.documentElement.classList.toggle('dark', theme.value === 'dark')
  })
  function choose(next: Theme) {
    theme.value = next
    keep(name, next)
  }
  return { theme, choose }
}
