// Builds the apps named on the command line (all when none is), then puts a .br and a .gz beside every file,
// so that the program serves them without compressing anything itself. A page over its weight budget fails the build.
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { keepsBudget } from './budgets.mjs'

const web = fileURLToPath(new URL('..', import.meta.url))
const apps = process.argv.length > 2 ? process.argv.slice(2) : ['resident', 'console', 'display']
const compressible = /\.(html|js|css|svg|json|webmanifest|txt)$/

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* files(path)
    else yield path
  }
}

for (const app of apps) {
  execFileSync(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: web,
    stdio: 'inherit',
    env: { ...process.env, DOORSTEP_APP: app },
  })
  let count = 0
  for (const path of [...files(join(web, 'dist', app))]) {
    if (!compressible.test(path)) continue
    const content = readFileSync(path)
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(content, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
      }),
    )
    count += 1
  }
  console.log(`${app}: ${count} files built and compressed`)
}

const over = apps.filter((app) => !keepsBudget(app))
process.exitCode = over.length === 0 ? 0 : 1
