// The weight budgets of the pages, gzip: what a first visit loads, and for the console the heaviest chunk.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const budgets = {
  resident: { first_load_kb: 60, chunk_kb: 60 },
  display: { first_load_kb: 45, chunk_kb: 45 },
  console: { first_load_kb: 60, chunk_kb: 260 },
}

const gzip_kb = (path) => readFileSync(`${path}.gz`).length / 1024

/** Whether the built app keeps its budgets; prints the figures. */
export function keepsBudget(app) {
  const folder = join(dist, app)
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/[a-z]+\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1])
  // The first page of an app is a chunk of its own; count what the entry imports without waiting as well.
  const first = gzip_kb(join(folder, 'index.html')) + named.reduce((sum, file) => sum + gzip_kb(join(folder, file)), 0)
  const heaviest = readdirSync(join(folder, 'assets'))
    .filter((file) => /\.(js|css)$/.test(file))
    .map((file) => ({ file, kb: gzip_kb(join(folder, 'assets', file)) }))
    .sort((a, b) => b.kb - a.kb)[0]
  const budget = budgets[app]
  const fine = first <= budget.first_load_kb && heaviest.kb <= budget.chunk_kb
  console.log(
    `${fine ? 'fine' : 'OVER'}  ${app}: first load ${first.toFixed(1)} KB of ${budget.first_load_kb}, ` +
      `heaviest chunk ${heaviest.kb.toFixed(1)} KB of ${budget.chunk_kb} (${heaviest.file})`,
  )
  return fine
}
