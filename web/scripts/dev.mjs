// npm run dev -- console: one app with reload on save, talking to a running program (DOORSTEP_SERVER).
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('..', import.meta.url))
spawn(process.execPath, [`${web}/node_modules/vite/bin/vite.js`, ...process.argv.slice(3)], {
  cwd: web,
  stdio: 'inherit',
  env: { ...process.env, DOORSTEP_APP: process.argv[2] ?? 'resident' },
})
