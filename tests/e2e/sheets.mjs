// Spreadsheets as a clerk's program leaves them: the program's own template, with rows filled in. Only what these journeys need of
// .xlsx: texts in the cells of the first sheet.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

const sheet = 'xl/worksheets/sheet1.xml'
export const sheet_type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What is in a zip file, by name: its directory stands at the end. */
function unzipped(bytes) {
  const entries = new Map()
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'))
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [packed, method] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 10)]
    const [name_length, extra, comment, local] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)]
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const content = bytes.subarray(from, from + packed)
    entries.set(bytes.toString('utf8', at + 46, at + 46 + name_length), method === 0 ? content : inflateRawSync(content))
    at += 46 + name_length + extra + comment
  }
  return entries
}

function zipped(entries) {
  const [files, directory] = [[], []]
  let offset = 0
  for (const [name, content] of entries) {
    const [packed, title] = [deflateRawSync(content), Buffer.from(name)]
    const facts = Buffer.alloc(26) // what both the file and the directory say of it
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(content.length, 18)
    facts.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    files.push(Buffer.from('PK\x03\x04'), facts, title, packed)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), facts, place, title)
    offset += 30 + title.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  for (const at of [4, 6]) end.writeUInt16LE(entries.size, at)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, list, Buffer.from('PK\x05\x06'), end])
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The same sheet with these rows below what it has; `headings` takes the place of its own. */
export function filled(template, rows, headings) {
  const entries = unzipped(template)
  let markup = entries.get(sheet).toString('utf8')
  const row_of = (cells, number) => `<row r="${number}">${cells.map((text, column) => `<c r="${String.fromCharCode(65 + column)}${number}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`).join('')}</row>`
  if (headings) markup = markup.replace(/<row r="1">.*?<\/row>/s, row_of(headings, 1))
  const last = Number([...markup.matchAll(/<row r="(\d+)"/g)].at(-1)[1])
  markup = markup.replace('</sheetData>', `${rows.map((cells, index) => row_of(cells, last + 1 + index)).join('')}</sheetData>`)
  entries.set(sheet, Buffer.from(markup))
  return zipped(entries)
}

/** Row by row what stands in its cells. */
export function texts_of(bytes) {
  const markup = unzipped(bytes).get(sheet).toString('utf8')
  return [...markup.matchAll(/<row .*?<\/row>/gs)].map(([row]) => [...row.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => plain(text)))
}
