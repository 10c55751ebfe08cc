// A file that the server makes, and how it gets to where downloads go.
import { body } from './client'

export interface NamedFile { bytes: Blob; name: string }

type Answer = { data?: Blob; error?: unknown; response: Response }

// RFC 6266: the name in UTF-8, percent-encoded.
function name_in(header: string | null): string {
  const found = /filename\*=UTF-8''([^;]+)/.exec(header ?? '')
  return found ? decodeURIComponent(found[1]!) : 'sheet.xlsx'
}

/** What a route answers with whose answer is a file (asked `parseAs: 'blob'`); a refusal is thrown as any other. */
export async function file_of(asked: Promise<Answer>): Promise<NamedFile> {
  const bytes = await body<Blob>(asked)
  return { bytes, name: name_in((await asked).response.headers.get('content-disposition')) }
}

/** Has the browser keep it, as if a link to it had been followed. */
export function keep_file(file: NamedFile) {
  const address = URL.createObjectURL(file.bytes)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
