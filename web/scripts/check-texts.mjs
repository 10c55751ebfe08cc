// Every text exists in both languages with the same {placeholders}; Chinese is set with full-width punctuation.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'

const web = fileURLToPath(new URL('..', import.meta.url))
const pairs = ['shared/i18n', 'resident', 'resident/my', 'console', 'console/account', 'display'].flatMap((folder) =>
  readdirSync(join(web, folder)).filter((file) => file.endsWith('.zh.ts')).map((file) => join(web, folder, file)))

async function catalogue(path) {
  const { outputText } = typescript.transpileModule(readFileSync(path, 'utf8'), { compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 } })
  return (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)).default
}
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')
const names = new Set(['language.switch'])

const faults = []
let count = 0
for (const path of pairs) {
  const zh = await catalogue(path)
  const en = await catalogue(path.replace('.zh.ts', '.en.ts'))
  const file = path.slice(web.length)
  for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
    count += 1
    if (!zh[key] || !en[key]) {
      faults.push(`${file}: ${key} stands in one language only`)
      continue
    }
    // A text may leave out {count} where one of its halves says it in words, never add one.
    for (const name of placeholders(en[key]).split(' ')) if (name && !zh[key].includes(name)) faults.push(`${file}: ${key} has ${name} in English only`)
    for (const name of placeholders(zh[key]).split(' ')) if (name && !en[key].includes(name)) faults.push(`${file}: ${key} has ${name} in Chinese only`)
    if (names.has(key)) continue
    if (/[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\w)/.test(zh[key])) faults.push(`${file}: ${key} has half-width punctuation: ${zh[key]}`)
    if (/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(en[key])) faults.push(`${file}: ${key} has Chinese in the English text: ${en[key]}`)
  }
}
for (const fault of faults) console.error(fault)
console.log(`${count} texts in both languages, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
