// A case changes hands, another unit takes a step of it; and a question that was logged becomes a case.
import { a_branch } from './affiliations.mjs'
import { api_as, button, expect, go_by_menu, inspect, link, menu_of, personal, picture, says, seen, sign_in, sit_down, stand_up, until } from './people.mjs'

const zh = says.zh
export const told = (page, words) => seen(page.getByRole('status').filter({ hasText: words }))
const region = (page, name) => page.getByRole('region', { name, exact: true })
const focused = (page) => page.evaluate(() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim())
export async function choose(page, label, option) {
  await page.getByRole('combobox', { name: label, exact: true }).press('Enter')
  await page.getByRole('option', { name: option, exact: true }).click()
}
/** On the page of a case, to its next step. */
export async function take_to(page, step) {
  await choose(page, '下一步', step)
  await button(page, '推进').click()
}
export async function granted(asked) {
  const answer = await asked
  expect(answer.ok, `${answer.url} was refused: ${answer.status}`)
  return answer.json()
}

/** A suggestion that an officer took in: a question that somebody asked on the phone, and that is more than a question. */
async function a_case(base) {
  const officer = await api_as(base, 'officer1')
  const { halls: [hall] } = await (await fetch(`${base}/api/town`)).json()
  const inquiry = await granted(officer('POST', '/api/desk/inquiries', { venue: hall.venue_id, matter: 'suggestion', question: '示例：门口的路灯', answer: '示例：记下来去问' }))
  return granted(officer('POST', `/api/desk/inquiries/${inquiry.id}/case`, { matter: 'suggestion', materials_received: [], applicant: null }))
}

/** The secretary of an organisation of the town, made for this journey. */
export async function a_secretary(base, organisation) {
  const admin = await api_as(base, 'admin')
  const username = `secretary_${Date.now()}`
  const made = await granted(admin('POST', '/api/staff', { username, name: '书示例', post: { zh: '支部书记', en: 'Branch secretary' }, password: 'doorstep-demo' }))
  await granted(admin('POST', '/api/grants', { staff: made.id, role: 'branch_secretary', organisation, until: null }))
  return { username, go: () => admin('POST', `/api/staff/${made.id}/end`) }
}

export async function below_the_root(base) {
  const admin = await api_as(base, 'admin')
  const { items: [root] } = await granted(admin('GET', '/api/organisations'))
  const { items } = await granted(admin('GET', `/api/organisations?parent=${root.id}`))
  return items[0]
}

/** Who takes the membership of a transfer: a committee and a branch of the town. */
export async function name_receivers(base, ask, id) {
  const committee = await below_the_root(base)
  const branch = await a_branch(ask)
  for (const [unit, organisation] of [['receiving_committee', committee.id], ['receiving_branch', branch.id]]) {
    const { version } = await granted(ask('GET', `/api/desk/cases/${id}`))
    await granted(ask('PUT', `/api/desk/cases/${id}/units/${unit}`, { organisation }, { 'If-Match': `"${version}"` }))
  }
  return { committee, branch }
}

export const asked_journeys = {
  async 'a case is offered, declined, offered again and taken over, and another unit refuses it with a reason'({ person, base }) {
    const { id, reference } = await a_case(base)
    const second = await person('desk')
    await sign_in(second, 'officer2')
    await sit_down(second, 2)
    const first = await person('desk')
    await sign_in(first, 'officer1')
    await seen(link(menu_of(first), '办件'))
    await first.go(`/console/cases/${id}`)
    await button(first, '我来办，接手').click()
    await told(first, '你是承办人')
    await seen(first.getByText('先问到的人，一直可以找这位。'))

    await button(first, '请同事接手').click()
    await choose(first, '请谁接手', '周示例')
    await first.getByLabel('要交代什么').fill('示例：路灯的编号已经问到')
    await inspect(first, 'offering a case')
    await picture(first, 'console-case-offer-zh')
    await button(first, '请对方接手').click()
    await told(first, '已经请周示例接手')
    await inspect(first, 'a case that was offered')

    await go_by_menu(second, '办件')
    await link(second, '这个大厅全部的').click()
    await seen(second.getByText('请周示例接手，等回复'))
    await inspect(second, 'cases, one of them offered')
    await link(second, reference).click()
    await seen(second.getByText(/林示例请你接手/))
    await seen(second.getByText('示例：路灯的编号已经问到'))
    await inspect(second, 'being asked to take a case over')
    await picture(second, 'console-case-asked-zh')
    await button(second, '不接手').click()
    await second.getByLabel('为什么不接手').fill('示例：手上还有急事')
    await button(second, '回复不接手').click()
    await told(second, '还由原来的人办')
    await seen(first.getByText('示例：手上还有急事'))

    await button(first, '请同事接手').click()
    await choose(first, '请谁接手', '周示例')
    await button(first, '请对方接手').click()
    await told(first, '已经请周示例接手')
    await button(second, '答应，由我接手').click()
    await told(second, '你是承办人')
    await seen(first.getByText(/由 周示例 承办/))

    // The next step but one is another unit's: it is named first.
    const organisation = await below_the_root(base)
    await take_to(second, '正在弄清楚')
    await told(second, '正在弄清楚')
    await take_to(second, '已转给能管的部门，等它答复')
    await seen(second.getByRole('alert').filter({ hasText: '还没有确定是哪个单位' }))
    await button(second, '写明是哪个：主管部门').click()
    await second.getByRole('radio', { name: '本镇的组织' }).check()
    const pick = region(second, '别的单位').getByRole('group', { name: '选哪个组织' })
    await pick.getByRole('button', { name: new RegExp(`^${organisation.name.zh}`) }).click()
    await seen(pick.getByRole('status').getByText(organisation.name.zh))
    await inspect(second, 'naming a unit')
    await picture(second, 'console-case-unit-zh')
    await button(second, '保存').click()
    await told(second, '写明了：主管部门')
    await take_to(second, '已转给能管的部门，等它答复')
    await seen(second.getByText(/^现在等主管部门：/))
    await inspect(second, 'a case that waits for another unit')
    await picture(second, 'console-case-waits-zh')

    // The unit sees it, and nothing of whoever asked; a step that refuses asks why.
    const secretary = await a_secretary(base, organisation.id)
    const there = await person('phone')
    await sign_in(there, secretary.username)
    await there.waitForURL(/\/console\/units$/)
    await seen(there.getByText(reference))
    expect(!(await there.getByRole('main').innerText()).includes('路灯'), 'the unit sees the notes of the window')
    await inspect(there, 'what waits for a unit, on a phone')
    await picture(there, 'console-units-phone-zh')
    const elsewhere = await person('small', { language: 'en', theme: 'dark' })
    await sign_in(elsewhere, secretary.username, 'en')
    await seen(elsewhere.getByText(reference))
    await inspect(elsewhere, 'what waits for a unit, at 320 px, in English')
    await picture(elsewhere, 'console-units-small-en')
    await button(there, `办这一步：${reference}`).click()
    await choose(there, '办到哪一步', '做不到，已说明原因')
    await button(there, '办好了，往下走').click()
    await seen(there.getByText('请写明').first())
    await there.getByRole('textbox', { name: '原因' }).fill('示例：这条路不归我们管')
    await there.getByRole('textbox', { name: '现在可以怎么办' }).fill('示例：请打市政热线')
    await inspect(there, 'a unit refuses, with a reason')
    await picture(there, 'console-units-refuse-phone-zh')
    await button(there, '办好了，往下走').click()
    await told(there, `${reference} 到了“做不到，已说明原因”`)
    await seen(there.getByText('现在没有等你们的事'))
    await seen(second.getByText('示例：这条路不归我们管'))
    await secretary.go()
    await go_by_menu(second, '窗口')
    await stand_up(second)
  },

  async 'a question is logged by keyboard, read by a look, and becomes a case'({ person }) {
    const question = personal('示例：老年证丢了在哪里补')
    const answer = personal('示例：先带身份证来，再去派出所')
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await go_by_menu(desk, '咨询')
    await seen(desk.getByRole('heading', { level: 1, name: '咨询' }))
    await until(async () => (await focused(desk)) === '咨询', 'the focus is not on the heading')
    await desk.keyboard.press('Tab')
    await desk.keyboard.type(question)
    await desk.keyboard.press('Control+Enter')
    await seen(desk.getByRole('alert').filter({ hasText: '请写一写' }))
    await desk.keyboard.type(answer)
    await inspect(desk, 'logging a question')
    await picture(desk, 'console-inquiry-log-zh')
    await desk.keyboard.press('Control+Enter')
    await told(desk, '记下了')
    expect((await desk.getByLabel('问了什么').inputValue()) === '', 'the question stands there still')
    expect(await desk.getByLabel('问了什么').evaluate((field) => field === document.activeElement), 'the next question cannot be typed at once')
    const line = desk.getByRole('listitem').filter({ hasText: '林示例答的' }).first()
    await seen(line)
    expect(!(await desk.getByRole('main').innerText()).includes(question), 'the list says what was asked')
    await inspect(desk, 'questions of a day')

    await line.getByRole('button', { name: /^看问答/ }).click()
    await seen(line.getByText(question))
    await seen(line.getByText('查看记下了', { exact: false }))
    await inspect(desk, 'a question that is read')
    await line.getByRole('button', { name: /^转成一件/ }).click()
    await line.getByRole('button', { name: '收下，生成受理编号' }).click()
    await seen(line.getByText('请选一个事项'))
    await choose(desk, '办什么事', '证件、凭证丢了')
    await inspect(desk, 'making a case of a question')
    await picture(desk, 'console-inquiry-case-zh')
    await line.getByRole('button', { name: '收下，生成受理编号' }).click()
    await seen(desk.getByRole('heading', { level: 1, name: /^办件 NX-/ }))
    await seen(desk.getByText(question))
    await go_by_menu(desk, '咨询')
    await seen(desk.getByRole('link', { name: /^转成了办件 NX-/ }).first())

    for (const [screen, language, theme] of [['small', 'en', 'dark'], ['phone', 'zh', 'light']]) {
      const page = await person(screen, { language, theme })
      await sign_in(page, 'officer2', language)
      await seen(button(page, says[language].sit(1)))
      await page.go('/console/inquiries')
      await seen(page.getByRole('link', { name: language === 'en' ? /^Became case/ : /^转成了办件/ }).first())
      await inspect(page, `questions, ${screen} ${language} ${theme}`)
      await picture(page, `console-inquiries-${screen}-${language}-${theme}`)
    }
  },
}
