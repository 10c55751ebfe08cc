// The real program, on a folder of its own: imported from data/nanxiang, served on a free port, stopped at the end.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start_city } from './city_provider.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

export function find_program() {
  const named = process.env.DOORSTEP_BIN
  const found = (named ? [named] : ['build/debug/doorstep', 'build/release/doorstep'].map((path) => join(root, path))).find(existsSync)
  if (!found) throw new Error(`No program to test: build it first, or name it in DOORSTEP_BIN${named ? ` (${named} is not there)` : ''}.`)
  return found
}

function free_port() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** The demo town, with one of its halls closed these days, and a matter whose form asks everything that a form may. */
function town_of_the_journeys(folder) {
  cpSync(join(root, 'data'), folder, { recursive: true })
  cpSync(join(root, 'tests/e2e/matters'), join(folder, 'matters'), { recursive: true })
  const path = join(folder, 'nanxiang/town.yaml')
  const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const closed = [-1, 0, 1, 2].map((offset) => `      - {day: "${day(offset)}", closed: true, note: {zh: 线路检修，这几天关门, en: Closed these days while the wiring is renewed}}`)
  let text = readFileSync(path, 'utf8')
  const east = text.indexOf('- key: east', text.indexOf('\nvenues:'))
  const at = text.indexOf('exceptions: []', east)
  if (east < 0 || at < 0) throw new Error('data/nanxiang/town.yaml no longer has an east venue without exceptions')
  text = `${text.slice(0, at)}exceptions:\n${closed.join('\n')}${text.slice(at + 'exceptions: []'.length)}`
  writeFileSync(path, text)
  return join(folder, 'nanxiang')
}

/** The texts that went to a phone, the newest last; the recipient stands in the first line of each file. */
function texts_to(phone, folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => join(folder, name))
    .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs)
    .map((path) => readFileSync(path, 'utf8').split('\n'))
    .filter(([recipient]) => recipient === phone)
    .map(([, ...text]) => text.join('\n'))
}

// The program refuses settings it does not know; ours are not its own.
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DOORSTEP_')))

export async function start_program(engine) {
  const program = find_program()
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-e2e-'))
  const data = join(folder, 'var')
  const messages = join(folder, 'messages')
  const settings = ['--data', data, '--log-level', 'debug']
  let schema = null
  if (engine === 'postgres') {
    const connection = process.env.DOORSTEP_TEST_PG
    if (!connection) throw new Error('DOORSTEP_TEST_PG says which PostgreSQL to test with')
    schema = `e2e_${process.pid}_${Date.now()}`
    settings.push('--database', connection, '--schema', schema)
  }
  const town = town_of_the_journeys(join(folder, 'data'))
  const imported = spawnSync(program, ['import', 'network', ...settings, town], { env: environment, encoding: 'utf8' })
  if (imported.status !== 0) throw new Error(`import failed (${imported.status}): ${imported.stderr || imported.stdout}`)

  const port = await free_port()
  const base = `http://127.0.0.1:${port}`
  const city = await start_city(base, folder)
  let process_ = null
  let said = ''

  async function serve() {
    process_ = spawn(program, ['serve', ...settings, ...city.settings, '--phone-folder', messages, '--listen', `127.0.0.1:${port}`], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [process_.stdout, process_.stderr]) stream.on('data', (piece) => { said += piece })
    for (let tries = 0; tries < 300; tries += 1) {
      if (process_.exitCode !== null) throw new Error(`the program ended with ${process_.exitCode}: ${said}`)
      try {
        if ((await fetch(`${base}/health/ready`)).ok) return
      } catch {
        // not yet
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the program was not ready after 30 s: ${said}`)
  }

  async function halt() {
    if (process_ === null || process_.exitCode !== null) return
    const ended = new Promise((resolve) => process_.once('exit', resolve))
    process_.kill('SIGTERM')
    const patience = setTimeout(() => process_.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(patience)
  }

  /** The newest sign-in code that a phone was sent; a moment passes between the press and the message. */
  async function newest_code(phone) {
    for (let tries = 0; tries < 100; tries += 1) {
      const code = /\d{6}/.exec(texts_to(phone, messages).at(-1) ?? '')
      if (code) return code[0]
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`no code came to ${phone}`)
  }

  /** What a case has to be done by was due so many days ago. Nobody can wait for days, and the program's clock is not to be turned:
   *  the days of its rows are, while it stands still; what becomes of that it finds out by itself. */
  async function set_back(case_id, reference, days) {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() - days * 86_400_000)
    const sql = [
      `update case_deadlines set due = '${day}', next_on = '${day}' where ended_at is null and case_id = (select id from cases where reference = '${reference}')`,
      `update timers set due_at = 0 where kind = 'case_deadlines' and key = '${case_id}'`,
    ].join('; ')
    await halt()
    const done = schema
      ? spawnSync('psql', [process.env.DOORSTEP_TEST_PG, '-qv', 'ON_ERROR_STOP=1', '-c', `set search_path to ${schema}; ${sql}`], { encoding: 'utf8' })
      : spawnSync('sqlite3', [join(data, 'town.db'), sql], { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`the days were not set back: ${done.stderr ?? done.error}`)
    await serve()
  }

  /** Of these words of people, which are to be read in what the program keeps and has logged, and where. */
  function traces_of(words) {
    const kept = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => [each.name, readFileSync(join(each.parentPath ?? each.path, each.name))])
    kept.push(['the log', Buffer.from(said)])
    if (schema) kept.push(['the database', spawnSync('pg_dump', [process.env.DOORSTEP_TEST_PG, '--schema', schema], { maxBuffer: 1 << 30 }).stdout])
    if (kept.reduce((bytes, [, content]) => bytes + content.length, 0) < 100_000) throw new Error('the program kept nothing that could be looked through')
    // PostgreSQL writes bytes as hexadecimal digits.
    const forms = (word) => [word, Buffer.from(word).toString('hex')]
    return kept.flatMap(([place, content]) => words.filter((word) => forms(word).some((form) => content.includes(form))).map((word) => `${word} in ${place}`))
  }

  await serve()
  return {
    base,
    halt,
    serve,
    newest_code,
    set_back,
    traces_of,
    city,
    said: () => said,
    async stop() {
      await halt()
      await city.stop()
      if (schema) spawnSync('psql', [process.env.DOORSTEP_TEST_PG, '-qc', `drop schema if exists ${schema} cascade`], { encoding: 'utf8' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
