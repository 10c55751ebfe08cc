// The journeys of people through the real pages of the real program. npm run e2e (in web/) runs all of them.
//   DOORSTEP_BIN             the program (else build/debug/doorstep, then build/release/doorstep)
//   DOORSTEP_E2E_ENGINES     sqlite,postgres (usually sqlite); postgres takes its connection from DOORSTEP_TEST_PG
//   DOORSTEP_E2E_ONLY        only journeys whose name contains this
//   DOORSTEP_E2E_TIMED=no    without those that hold a time, for a machine that has other work, too
//   DOORSTEP_SCREENSHOTS=1   make those that the READMEs show, in docs/screenshots
//   DOORSTEP_COUNTS          a file for {"passed": n, "failed": n}
import { writeFileSync } from 'node:fs'
import { apply_journeys } from './apply.mjs'
import { asked_journeys } from './asked.mjs'
import { attachment_journeys } from './attachments.mjs'
import { branch_journeys } from './branch.mjs'
import { city_journeys } from './city.mjs'
import { complaint_journeys } from './complaint.mjs'
import { deadline_journeys } from './deadlines.mjs'
import { device_journeys } from './devices.mjs'
import { hardship_journeys } from './hardship.mjs'
import { journeys } from './journeys.mjs'
import { letter_journeys } from './letter.mjs'
import { matter_journeys } from './matters.mjs'
import { make_stage, open_browser, picture, pictures_folder, tidy, words_of_people } from './people.mjs'
import { start_program } from './program.mjs'
import { rating_journeys } from './rating.mjs'
import { second_step_journeys } from './second_step.mjs'
import { system_journeys } from './systems.mjs'
import { transfer_journeys } from './transfer.mjs'

const engines = (process.env.DOORSTEP_E2E_ENGINES ?? 'sqlite').split(',').filter(Boolean)
const only = process.env.DOORSTEP_E2E_ONLY ?? ''
const timed = process.env.DOORSTEP_E2E_TIMED === 'no' ? ['a slow phone'] : []
const journey_ms = 600_000 // only against hanging for ever: a machine busy with other work walks slowly
let passed = 0
let failed = 0

const browser = await open_browser()
try {
  for (const engine of engines) {
    const program = await start_program(engine)
    try {
      for (const [name, walk] of Object.entries({ ...journeys, ...branch_journeys, ...apply_journeys, ...attachment_journeys, ...asked_journeys, ...matter_journeys, ...second_step_journeys, ...city_journeys, ...device_journeys, ...rating_journeys, ...deadline_journeys, ...complaint_journeys, ...letter_journeys, ...hardship_journeys, ...transfer_journeys, ...system_journeys })) {
        if (!name.includes(only) || timed.includes(name)) continue
        const stage = make_stage(browser, program.base)
        const people = []
        const began = Date.now()
        let timer
        try {
          const keep = async (...wish) => {
            const page = await stage.person(...wish)
            people.push(page)
            return page
          }
          const notes = await Promise.race([
            walk({ ...stage, person: keep, program, note: (words) => console.log(`      ${words}`) }),
            new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`not over after ${journey_ms / 1000} s`)), journey_ms) }),
          ])
          if (stage.faults.length) throw new Error(`the browser reported: ${stage.faults.join('\n')}`)
          passed += 1
          console.log(`fine  ${engine}: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${notes ? `: ${notes}` : ''}`)
        } catch (thrown) {
          failed += 1
          console.error(`FAIL  ${engine}: ${name}\n${thrown.stack ?? thrown}`)
          if (stage.faults.length) console.error(stage.faults.join('\n'))
          for (const [index, page] of people.entries()) {
            await picture(page, `fail-${failed}-${index}`).then(() => console.error(`      ${page.url()} in ${pictures_folder}/fail-${failed}-${index}.png`), () => undefined)
          }
          await tidy(program.base).catch((error) => console.error(`      tidying up: ${error}`))
          if (program.said()) console.error(`      the program said: ${program.said().slice(-2_000)}`)
        } finally {
          clearTimeout(timer)
          await stage.leave().catch(() => undefined)
        }
      }
      await program.halt()
      const traces = program.traces_of([...words_of_people])
      if (traces.length) {
        failed += 1
        console.error(`FAIL  ${engine}: words of people are to be read: ${traces.join(', ')}`)
      } else {
        passed += 1
        console.log(`fine  ${engine}: none of ${words_of_people.size} words of people is to be read in what is kept and logged`)
      }
    } finally {
      await program.stop()
    }
  }
} catch (thrown) {
  failed += 1
  console.error(thrown)
} finally {
  await browser.close()
}

console.log(`${passed} journeys passed, ${failed} failed; pictures in ${pictures_folder}`)
if (process.env.DOORSTEP_COUNTS) writeFileSync(process.env.DOORSTEP_COUNTS, JSON.stringify({ passed, failed }))
process.exit(failed === 0 && passed > 0 ? 0 : 1)
