// What the city's other systems would answer to a file of ours: one of each, as far as a file shows. None of them is connected
// to anything, and neither is this: it is for trying out how cases are handed over (docs/systems.md), and for the journeys.
//
//   node tests/systems/simulator.mjs member_system <handed-over.csv >answers.csv
//
// Each system reads its own columns, answers in its own words, and has its own whims:
//   - what lacks what it needs is returned, with why;
//   - some are left without a word the first time, and answered when they come again;
//   - the others it registers; what it says of them later `settled_by` makes.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { parse, unparse } = require('papaparse')

const day_of = (row, column) => /^\d{4}-\d{2}-\d{2}$/.test(row[column]) || `${column}不是日期`
const filled = (row, column) => row[column].trim() !== '' || `${column}没有填`

/** Of each: what a row must have, its words, and how it numbers what it takes. */
export const systems = {
  member_system: {
    ours: '外部编号', theirs: '业务流水号', became: '审核结果', words: '退回原因',
    registered: '已受理', returned: '已退回', settled: '已接收', number: (order) => `DYXT-${String(order).padStart(6, '0')}`,
    checks: [(row) => filled(row, '姓名'), (row) => day_of(row, '申请日期'), (row) => /党支部|党委|党总支/.test(row['相关党组织']) || '没有写明接收的党组织'],
  },
  one_stop: {
    ours: '外部编号', theirs: '办件编码', became: '办理状态', words: '补正原因',
    registered: '已收件', returned: '补正', settled: '办结', number: (order) => `YW${String(order).padStart(10, '0')}`,
    checks: [(row) => filled(row, '申请人'), (row) => day_of(row, '收件日期'), (row) => filled(row, '收件地点')],
  },
  hotline_12345: {
    ours: '关联编号', theirs: '工单编号', became: '工单状态', words: '办理情况',
    registered: '已转派', returned: '退单', settled: '已办结', number: (order) => `GD-${order}`,
    checks: [(row) => filled(row, '来电人'), (row) => filled(row, '受理单位'), (row) => filled(row, '诉求类别')],
  },
  volunteer_register: {
    ours: '外部编号', theirs: '志愿者编号', became: '审核状态', words: '不通过原因',
    registered: '审核中', returned: '不通过', settled: '通过', number: (order) => `3100${String(order).padStart(8, '0')}`,
    checks: [(row) => filled(row, '姓名'), (row) => filled(row, '手机号码')],
  },
}

/** What a program that opens it would take for a formula was written with an apostrophe before it. */
const plain = (cell) => cell.replace(/^'(?='*[=+\-@])/, '')
const order_of = (reference) => Number(/\d+$/.exec(reference)?.[0] ?? 0)

export const columns_of = (csv) => parse(csv.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true, transform: plain })

/**
 * The answers to a file, as that system's own .csv. `silent` says of our numbers which it leaves without a word.
 * @param {keyof typeof systems} name
 */
export function answers_of(name, csv, silent = (reference, tried) => tried === 1 && order_of(reference) % 3 === 0) {
  const system = systems[name]
  if (!system) throw new Error(`there is no system ${name}; there are ${Object.keys(systems).join(', ')}`)
  const { data, meta } = columns_of(csv)
  for (const column of [system.ours, '第几次交']) if (!meta.fields.includes(column)) throw new Error(`the file has no column ${column}`)
  const rows = data
    .filter((row) => !silent(row[system.ours], Number(row['第几次交'])))
    .map((row) => {
      const wrong = system.checks.map((check) => check(row)).find((found) => found !== true)
      return wrong
        ? { [system.ours]: row[system.ours], [system.became]: system.returned, [system.theirs]: '', [system.words]: wrong }
        : { [system.ours]: row[system.ours], [system.became]: system.registered, [system.theirs]: system.number(order_of(row[system.ours])), [system.words]: '' }
    })
  return written(system, rows)
}

/** What it says later of those that it registered. */
export function settled_by(name, csv, words) {
  const system = systems[name]
  const rows = columns_of(csv).data
    .filter((row) => row[system.became] === system.registered)
    .map((row) => ({ ...row, [system.became]: system.settled, [system.words]: words }))
  return written(system, rows)
}

const written = (system, rows) => `\uFEFF${unparse(rows, { columns: [system.ours, system.became, system.theirs, system.words], escapeFormulae: true })}\r\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const chunks = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  try {
    process.stdout.write(answers_of(process.argv[2], Buffer.concat(chunks).toString('utf8')))
  } catch (thrown) {
    console.error(thrown.message)
    process.exitCode = 1
  }
}
