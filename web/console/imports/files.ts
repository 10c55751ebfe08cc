// The file that somebody picked, as far as can be told before it is sent.
export type FileFault = 'old' | 'other' | 'empty' | 'large'

/** What other systems give is .csv, what clerks have .xlsx; by the end of its name the server is told which. */
const sheet_types: Record<string, string> = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' }
const ending_of = (name: string) => /[^.]*$/.exec(name.toLowerCase())![0]
export const type_of = (name: string) => sheet_types[ending_of(name)]!

export function fault_of(file: { name: string; size: number }, bytes_max: number): FileFault | null {
  if (ending_of(file.name) === 'xls') return 'old'
  if (!(ending_of(file.name) in sheet_types)) return 'other'
  if (file.size === 0) return 'empty'
  return file.size > bytes_max ? 'large' : null
}

export const megabytes = (bytes: number): string => String(Math.floor(bytes / (1024 * 1024)))

/** The server takes a name of so many bytes; of a longer one the beginning and the ending are kept. */
export function short_name(name: string, bytes_max = 200): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  if (bytes(name) <= bytes_max) return name
  const ending = `….${ending_of(name)}`
  let kept = [...name]
  while (bytes(kept.join('') + ending) > bytes_max) kept = kept.slice(0, -1)
  return kept.join('') + ending
}
