// What has to be done by which day, what is late, and who says what is done about it.
import { readFileSync } from 'node:fs'
import { api_as, button, expect, go_by_menu, inspect, link, personal, picture, seen, sign_in, until } from './people.mjs'
import { texts_of } from './sheets.mjs'

const words = {
  zh: { title: '期限', parts: '看哪些期限', board: '按日子看', alarms: '逾期提醒', above: '没人说明的', late: '已经过期' },
  en: { title: 'Deadlines', parts: 'Which deadlines', board: 'By day', alarms: 'Alarms', above: 'Not answered', late: 'Late' },
}
const done_now = personal('示例：材料今天补来了，明天就办好')

/** Asked for from a phone, and handled by the officer. */
async function case_in_hand(base, officer) {
  const { halls: [hall] } = await (await fetch(`${base}/api/town`)).json()
  const wish = { venue: hall.venue_id, applicant: { name: '限示例', phone: '00000000092' }, answers: { from: 'near', where: '示例路 9 号', what: '示例', may_call: 'no' } }
  const asked = await fetch(`${base}/api/matters/letter_sample/cases`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish) })
  expect(asked.ok, `nothing was taken in: ${asked.status} ${await asked.clone().text()}`)
  const { opened: { reference } } = await asked.json()
  const { id } = await (await officer('GET', `/api/desk/case-numbers/${reference}`)).json()
  const { version } = await (await officer('GET', `/api/desk/cases/${id}`)).json()
  const accepted = await officer('POST', `/api/desk/cases/${id}/accept`, undefined, { 'If-Match': `"${version}"` })
  expect(accepted.ok, `the case is not in hand: ${accepted.status}`)
  return { id, reference, venue: hall.venue_id }
}

export async function at_deadlines(person, screen, username, part, wish = {}) {
  const say = words[wish.language ?? 'zh']
  const page = await person(screen, wish)
  await sign_in(page, username, wish.language ?? 'zh')
  await go_by_menu(page, say.title)
  await seen(page.getByRole('heading', { name: say.title, level: 1 }))
  if (part !== 'board') await page.getByRole('navigation', { name: say.parts }).getByRole('link', { name: say[part] }).click()
  return page
}
/** The line of a list that is about a case. */
export const line_of = (page, { reference }) => page.getByRole('main').getByRole('listitem').filter({ hasText: reference })

export const deadline_journeys = {
  async 'a day passes, and who handles the case says what is done now'({ person, base, program }) {
    const officer = await api_as(base, 'officer1')
    const [late, ignored] = [await case_in_hand(base, officer), await case_in_hand(base, officer)]
    const level_of = async (found) => (await (await officer('GET', `/api/desk/alarms?venue=${late.venue}&limit=100`)).json()).items.find((each) => each.case_id === found.id)?.level ?? 0

    const desk = await at_deadlines(person, 'desk', 'officer1', 'board')
    await seen(line_of(desk, late))
    expect((await desk.getByRole('region', { name: /还有 \d+ 天/ }).filter({ hasText: late.reference }).count()) === 1, 'what is not due yet stands with no day')
    await inspect(desk, 'what is due')
    await picture(desk, 'console-deadlines-zh')
    expect((await link(desk, words.zh.above).count()) === 0, 'an officer is offered what those above see')
    await link(desk, words.zh.alarms).click()
    await seen(desk.getByText('你承办的、先问到你的', { exact: false }))
    await inspect(desk, 'alarms')

    // Three days late; the other one without an answer for two working days, too.
    await program.set_back(late.id, late.reference, 3)
    await program.set_back(ignored.id, ignored.reference, 5)
    await until(async () => (await level_of(late)) === 1 && (await level_of(ignored)) === 1, 'what is late raises no alarm')
    await program.set_back(ignored.id, ignored.reference, 5)
    await until(async () => (await level_of(ignored)) === 2, 'nobody above is told')

    await desk.go('/console/deadlines')
    const overdue = desk.getByRole('region', { name: words.zh.late })
    await seen(overdue.getByText(late.reference))
    await seen(line_of(desk, late).getByText('晚了 3 天'))
    await seen(line_of(desk, late).getByText('还没有人说明怎么办'))
    await seen(line_of(desk, ignored).getByText('已经报上级', { exact: false }))
    await inspect(desk, 'what is late')
    await picture(desk, 'console-deadlines-late-zh')
    const [sheet] = await Promise.all([desk.waitForEvent('download'), button(desk, '导出为 Excel').click()])
    expect(texts_of(readFileSync(await sheet.path())).some((row) => row.includes(late.reference)), 'the sheet leaves out what is late')

    await link(desk, words.zh.alarms).click()
    const opener = button(desk, `说明现在怎么办：${late.reference}`)
    await opener.focus()
    await desk.keyboard.press('Enter')
    await until(() => desk.evaluate(() => document.activeElement.tagName === 'TEXTAREA'), 'the focus is not on what is to be written')
    await button(desk, '记下来').click()
    await seen(desk.getByRole('alert').filter({ hasText: '请写明现在怎么办' }))
    await inspect(desk, 'an answer without words')
    await desk.getByLabel('现在怎么办？').fill(done_now)
    await picture(desk, 'console-alarm-answer-zh')
    await button(desk, '记下来').click()
    await seen(desk.getByRole('status').filter({ hasText: `记下了，${late.reference} 的提醒收起来了` }))
    await until(async () => (await line_of(desk, late).count()) === 0, 'the alarm is still there')
    await inspect(desk, 'an alarm was answered')
    await link(desk, words.zh.board).click()
    await seen(line_of(desk, late).getByText('已经有人说明了'))
    await link(desk, late.reference).click()
    await seen(desk.getByText(done_now))

    // Those above see the other one, wherever it is, and on whatever they read it; one of them is quicker than the next.
    const slow = await at_deadlines(person, 'small', 'manager', 'alarms', { theme: 'dark' })
    await button(slow, `说明现在怎么办：${ignored.reference}`).click()
    await slow.getByLabel('现在怎么办？').fill('示例')
    await inspect(slow, 'answering on a small screen in the dark')
    await picture(slow, 'console-alarm-answer-small-dark-zh')
    for (const [screen, language, theme, letters] of [['phone', 'zh', 'light', 16], ['small', 'en', 'dark', 32], ['desk', 'en', 'light', 16]]) {
      const name = `${screen}-${language}-${theme}${letters > 16 ? '-large' : ''}`
      const above = await at_deadlines(person, screen, 'manager', 'above', { language, theme })
      await above.evaluate((size) => { document.documentElement.style.fontSize = `${size}px` }, letters)
      await seen(line_of(above, ignored))
      expect((await line_of(above, late).count()) === 0, 'what was answered is told to those above')
      await inspect(above, `what nobody has answered, ${name}`)
      await picture(above, `console-alarms-above-${name}`)
      await link(above, words[language].board).click()
      await seen(above.getByRole('region', { name: words[language].late }).getByText(ignored.reference))
      await inspect(above, `what is late, ${name}`)
      await picture(above, `console-deadlines-${name}`)
      if (screen !== 'desk') continue
      await link(above, words[language].above).click()
      await button(above, `Say what is done now: ${ignored.reference}`).click()
      await above.getByLabel('What is done now?').fill('示例')
      await button(above, 'Record it').click()
      await seen(above.getByText('Nothing was left without an answer'))
      await inspect(above, 'nothing is left without an answer')
    }
    await button(slow, '记下来').click()
    await seen(slow.getByRole('status').filter({ hasText: '你写的没有记下来' }))
    await inspect(slow, 'somebody was quicker')
    for (const { id } of [late, ignored]) {
      const { version, next_steps: [last] } = await (await officer('GET', `/api/desk/cases/${id}`)).json()
      const over = await officer('POST', `/api/desk/cases/${id}/advance`, { to: last.key, note: null }, { 'If-Match': `"${version}"` })
      expect(over.ok, `the case cannot end: ${over.status}`)
    }
  },
}
