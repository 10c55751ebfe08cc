// The file that somebody picked, as far as can be told before it is sent.
export type FileFault = 'old' | 'other' | 'empty' | 'large'

export const sheet_type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function fault_of(file: { name: string; size: number }, bytes_max: number): FileFault | null {
  const name = file.name.toLowerCase()
  if (name.endsWith('.xls')) return 'old'
  if (!name.endsWith('.xlsx')) return 'other'
  if (file.size === 0) return 'empty'
  return file.size > bytes_max ? 'large' : null
}

export const megabytes = (bytes: number): string => String(Math.floor(bytes / (1024 * 1024)))

/** The server takes a name of so many bytes; of a longer one the beginning and the ending are kept. */
export function short_name(name: string, bytes_max = 200): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  if (bytes(name) <= bytes_max) return name
  const ending = '….xlsx'
  let kept = [...name]
  while (bytes(kept.join('') + ending) > bytes_max) kept = kept.slice(0, -1)
  return kept.join('') + ending
}
