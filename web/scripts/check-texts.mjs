// Every text exists in both languages with the same {placeholders}, and is said somewhere; Chinese is set with full-width punctuation.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'

const web = fileURLToPath(new URL('..', import.meta.url))
const found = ['shared', 'resident', 'console', 'display'].flatMap((folder) =>
  readdirSync(join(web, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
const pairs = found.filter((file) => file.endsWith('.zh.ts'))

// A key stands in the pages as it is, or as a part of one that is put together, `phase.${…}`; the display says both languages at once, `zh.title`.
const pages = found.filter((file) => /\.(vue|ts)$/.test(file) && !/\.(zh|en|test|d)\.ts$/.test(file)).map((file) => {
  const text = readFileSync(join(web, file), 'utf8')
  const all = (pattern) => new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[2]))
  return { app: file.split('/')[0], whole: all(/'([\w.]+)'|\b(?:zh|en)\.(\w+)/g), beginnings: [...all(/`([\w.]+\.)\$\{/g)] }
})
/** Whether a page of the same app says the text; those of shared/ are said by all of them. */
function is_said(key, catalogue) {
  const own = catalogue.split('/')[0]
  return pages.some(({ app, whole, beginnings }) =>
    (own === 'shared' || app === own) && (whole.has(key) || beginnings.some((beginning) => key.startsWith(beginning))))
}

async function catalogue(path) {
  const { outputText } = typescript.transpileModule(readFileSync(path, 'utf8'), { compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 } })
  return (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)).default
}
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')
const names = new Set(['language.switch'])

const faults = []
let count = 0
for (const file of pairs) {
  const path = join(web, file)
  const zh = await catalogue(path)
  const en = await catalogue(path.replace('.zh.ts', '.en.ts'))
  for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
    count += 1
    if (!zh[key] || !en[key]) {
      faults.push(`${file}: ${key} stands in one language only`)
      continue
    }
    if (!is_said(key, file)) faults.push(`${file}: ${key} is said nowhere`)
    // A text may leave out {count} where one of its halves says it in words, never add one.
    for (const name of placeholders(en[key]).split(' ')) if (name && !zh[key].includes(name)) faults.push(`${file}: ${key} has ${name} in English only`)
    for (const name of placeholders(zh[key]).split(' ')) if (name && !en[key].includes(name)) faults.push(`${file}: ${key} has ${name} in Chinese only`)
    if (names.has(key)) continue
    if (/[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\w)/.test(zh[key])) faults.push(`${file}: ${key} has half-width punctuation: ${zh[key]}`)
    if (/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(en[key])) faults.push(`${file}: ${key} has Chinese in the English text: ${en[key]}`)
  }
}
for (const fault of faults) console.error(fault)
console.log(`${count} texts in both languages, in ${pairs.length} catalogues; ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
