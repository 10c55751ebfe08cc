// What somebody thought of it: a low grade, a call back, an appeal, and its answer by somebody else.
import { api_as, button, empty_line, expect, inspect, link, personal, picture, says, seen, sign_in, sit_down, stand_up, take_ticket } from './people.mjs'

const zh = says.zh
const wrote = personal('示例：等了很久，也没有说清楚要带什么')
const came_of_it = personal('示例：打过电话，说明了材料')
const still_wrong = personal('示例：电话里还是没有说清楚')

/** Taken in at a window for whoever holds the phone, and withdrawn: it is over. */
async function case_that_is_over(person, base) {
  const desk = await person('desk')
  await sign_in(desk, 'officer1')
  await sit_down(desk, 1)
  await empty_line(desk)
  const phone = await person('phone')
  await take_ticket(phone)
  await button(desk, zh.call).click()
  await button(desk, zh.start).click()
  await button(desk, zh.intake).click()
  await desk.getByRole('textbox', { name: '姓名' }).fill('王示例')
  await desk.getByRole('textbox', { name: '手机号' }).fill('00000000000')
  await button(desk, zh.receive).click()
  const said = desk.getByText(/收下了，受理编号/).first()
  await seen(said)
  const reference = /NX-\d{4}-\d{6}/.exec(await said.innerText())[0]
  await link(phone, zh.follow).click()
  await seen(phone.getByText(reference))

  const officer = await api_as(base, 'officer1')
  const view = await (await officer('GET', `/api/desk/case-numbers/${reference}`)).json()
  const accepted = await (await officer('POST', `/api/desk/cases/${view.id}/accept`, undefined, { 'If-Match': `"${view.version}"` })).json()
  const last = accepted.next_steps.find((each) => each.phase === 'withdrawn')
  const over = await officer('POST', `/api/desk/cases/${view.id}/advance`, { to: last.key, note: null }, { 'If-Match': `"${accepted.version}"` })
  expect(over.ok, `the case cannot end: ${over.status}`)
  return { desk, phone, reference }
}

/** A manager of the whole town, above the centre's. */
async function a_manager_above(base) {
  const admin = await api_as(base, 'admin')
  const username = `director_${Date.now()}`
  const made = await (await admin('POST', '/api/staff', { username, name: '总示例', post: { zh: '镇负责人', en: 'Town manager' }, password: 'doorstep-demo' })).json()
  const given = await admin('POST', '/api/grants', { staff: made.id, role: 'centre_manager', until: null })
  expect(given.ok, `no grant: ${given.status}`)
  return username
}

async function at_ratings(person, screen, username, wish = {}) {
  const page = await person(screen, wish)
  await sign_in(page, username, wish.language ?? 'zh')
  await seen(page.getByRole('button', { name: wish.language === 'en' ? 'Sign out' : '退出登录' }))
  await page.go('/console/ratings')
  await seen(page.getByRole('heading', { level: 1 }))
  return page
}

export const rating_journeys = {
  async 'a low grade is called back about, appealed, and answered by somebody else'({ person, base }) {
    const { desk, phone, reference } = await case_that_is_over(person, base)
    await seen(phone.getByRole('heading', { name: '这件事办得怎么样？' }))
    await inspect(phone, 'asking how it went')
    await picture(phone, 'resident-rating-phone-zh')
    await phone.getByRole('radio', { name: '不满意', exact: true }).focus()
    await phone.keyboard.press('Space')
    await phone.getByRole('checkbox', { name: '等得太久' }).check()
    await phone.getByLabel('还想说什么？').fill(wrote)
    await inspect(phone, 'a low grade')
    await picture(phone, 'resident-rating-low-phone-zh')
    await button(phone, '发出去').click()
    await seen(phone.getByText(/最晚 .*会有人打电话给你/))
    await inspect(phone, 'rated')
    await picture(phone, 'resident-rated-phone-zh')

    const manager = await at_ratings(person, 'desk', 'manager')
    await seen(manager.getByText(reference))
    expect(!(await manager.getByRole('main').innerText()).includes(wrote), 'a list shows what was written')
    await inspect(manager, 'ratings to follow up')
    await button(manager, `打开：${reference}`).click()
    await button(manager, '看写的话和电话').click()
    await seen(manager.getByText(wrote))
    await manager.getByLabel('打过电话了，结果怎么样？').fill(came_of_it)
    await inspect(manager, 'recording a call back')
    await picture(manager, 'console-rating-open-zh')
    await button(manager, '记下回访').click()
    await seen(manager.getByRole('status').filter({ hasText: '回访记下了' }))

    await phone.reload()
    await button(phone, '请另一位负责人再看一看').click()
    await seen(phone.getByRole('alert').filter({ hasText: '请写一写哪里不满意' }))
    await phone.getByLabel('还有哪里不满意？').fill(still_wrong)
    await inspect(phone, 'an appeal')
    await button(phone, '请另一位负责人再看一看').click()
    await seen(phone.getByText('看完在这里答复你', { exact: false }))

    // Who called back does not review.
    await manager.reload()
    await button(manager, `打开：${reference}`).click()
    await manager.getByLabel('复核的答复').fill('示例')
    await button(manager, '答复居民').click()
    await seen(manager.getByRole('alert'))
    const above = await at_ratings(person, 'phone', await a_manager_above(base), { theme: 'dark' })
    await button(above, `打开：${reference}`).click()
    await button(above, '看写的话和电话').click()
    await seen(above.getByText(still_wrong))
    await above.getByLabel('复核的答复').fill('示例：是我们没有说清楚，材料单已经改了。')
    await inspect(above, 'reviewing, on a phone in the dark')
    await picture(above, 'console-rating-review-phone-dark-zh')
    await button(above, '答复居民').click()
    await seen(above.getByRole('status').filter({ hasText: '答复好了' }))
    await link(above, '按事项看').click()
    await seen(above.getByRole('table'))
    await inspect(above, 'ratings by matter, on a phone')

    await phone.reload()
    await seen(phone.getByText('材料单已经改了', { exact: false }))
    await inspect(phone, 'the answer')
    await picture(phone, 'resident-rating-answer-phone-zh')
    for (const [screen, language, theme] of [['small', 'en', 'light'], ['small', 'zh', 'dark'], ['desk', 'en', 'dark']]) {
      const page = await at_ratings(person, screen, 'manager', { language, theme })
      await page.go('/console/ratings?list=all')
      await seen(page.getByText(reference))
      await inspect(page, `all ratings, ${screen} ${language} ${theme}`)
      await picture(page, `console-ratings-${screen}-${language}-${theme}`)
      await page.go('/console/cases')
      await seen(page.getByRole('navigation', { name: language === 'zh' ? '看哪些办件' : 'Which cases' }))
      await inspect(page, `cases, ${screen} ${language} ${theme}`)
      await picture(page, `console-cases-${screen}-${language}-${theme}`)
    }

    // The officer finds the case by its last digits.
    await link(desk, '办件').first().click()
    await desk.getByRole('textbox', { name: /^找一件/ }).fill(String(Number(reference.slice(-6))))
    await desk.keyboard.press('Enter')
    await seen(desk.getByRole('heading', { name: `办件 ${reference}` }))
    await link(desk, '窗口').first().click()
    await button(desk, zh.finish).click()
    await stand_up(desk)
  },
}
