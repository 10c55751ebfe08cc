// Help in hardship, asked for at a desk that does not handle it: whoever is asked first stays the one to turn to, somebody handles it,
// and somebody acts for them while they are away, however many are.
import { choose, granted, take_to, told } from './asked.mjs'
import { a_post, at_posts } from './duties.mjs'
import { button, empty_line, expect, go_by_menu, inspect, link, menu_of, personal, picture, says, seen, sign_in, sit_down, stand_up, take_ticket, until } from './people.mjs'

const zh = says.zh
const today = (later = 0) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + later * 86_400_000)

/** Who answers for a case at this moment, as whoever holds its address is told: first contact, handler, and who acts for each. */
async function people_of(phone, base) {
  const token = phone.url().split('/c/')[1]
  const { first_contact, handler, acting } = await granted(fetch(`${base}/api/cases/${token}`))
  return [first_contact.name, acting.first_contact?.who.zh ?? '', handler?.name ?? '', acting.handler?.who.zh ?? '']
}
async function answered_by(phone, base, expected, when) {
  const found = await people_of(phone, base)
  expect(found.join() === expected.join(), `${when}, ${found.join()} answer for it, not ${expected.join()}`)
  await phone.reload()
  const main = phone.getByRole('main')
  for (const [index, each] of expected.entries()) if (each) await seen(main.getByText(index % 2 ? new RegExp(`由${each}代管`) : each))
}
async function at_case(person, username, id) {
  const desk = await person('desk')
  await sign_in(desk, username)
  await seen(link(menu_of(desk), '办件'))
  await desk.go(`/console/cases/${id}`)
  await seen(desk.getByRole('heading', { level: 1, name: /^办件 NX-/ }))
  return desk
}

export const hardship_journeys = {
  async 'hardship help asked for at the wrong desk: never without its two people, whoever is away'({ person, base }) {
    const post = await a_post(base, '示例帮扶岗', 'officer1', 'officer2')
    const another = await a_post(base, '示例后备岗', 'manager', null) // who holds a post may be named as a third
    // Her ticket is for something else, and so is the desk; she says what it really is, and is not sent on.
    const first = await person('desk')
    await sign_in(first, 'officer3')
    await sit_down(first, 3)
    await empty_line(first)
    const phone = await person('phone')
    await take_ticket(phone)
    await button(first, zh.call).click()
    await button(first, zh.start).click()
    await button(first, zh.intake).click()
    await choose(first, '办什么事', '遇到困难，想找帮助')
    await first.getByRole('checkbox', { name: '身份证', exact: true }).check()
    await first.getByRole('textbox', { name: '姓名' }).fill(personal('难示例'))
    await first.getByRole('textbox', { name: '手机号' }).fill('00000000096')
    await inspect(first, 'taking in what another desk handles')
    await picture(first, 'console-hardship-intake-zh')
    await button(first, zh.receive).click()
    await seen(first.getByText(/收下了，受理编号/))
    await link(phone, zh.follow).click()
    await phone.waitForURL(/\/c\/[\w-]+$/)
    await answered_by(phone, base, ['何示例', '', '', ''], 'taken in')
    await inspect(phone, 'hardship help, taken in at another desk')
    await picture(phone, 'resident-hardship-taken-phone-zh')

    // Whoever was asked first offers it to who handles such things, and stays the one to turn to.
    await link(first, '打开办件').click()
    await first.waitForURL(/\/console\/cases\/[\w-]+$/)
    const id = first.url().split('/cases/')[1]
    await button(first, '请同事接手').click()
    await choose(first, '请谁接手', '林示例')
    await first.getByLabel('要交代什么').fill('示例：先看临时救助')
    await inspect(first, 'offering what another desk handles')
    await button(first, '请对方接手').click()
    await told(first, '已经请林示例接手')
    await answered_by(phone, base, ['何示例', '', '', ''], 'offered')
    const a = await at_case(person, 'officer1', id)
    await button(a, '答应，由我接手').click()
    await told(a, '你是承办人')
    await answered_by(phone, base, ['何示例', '', '林示例', ''], 'taken over')

    // A is suddenly away: B acts, and does what A might have done.
    const leave_a = await at_posts(person, 'desk', 'officer1', 'leave')
    await leave_a.getByLabel('临时来不了').check()
    await leave_a.getByLabel('最后一天').fill(today(2))
    await button(leave_a, '登记').click()
    await told(leave_a, '林示例的请假登记好了')
    await answered_by(phone, base, ['何示例', '', '林示例', '周示例'], 'while A is away')
    const b = await at_case(person, 'officer2', id)
    await seen(b.getByText(/林示例不在，.*由周示例代办/))
    await inspect(b, 'a case whose handler is away')
    await picture(b, 'console-hardship-acting-zh')
    await take_to(b, '正在看能申请什么')
    await told(b, '正在看能申请什么')
    await answered_by(phone, base, ['何示例', '', '林示例', '周示例'], 'taken on by B')
    await inspect(phone, 'hardship help, its handler away')
    await picture(phone, 'resident-hardship-acting-phone-zh')

    // B asks for leave, too: not before a third is named, who acts from then on.
    const leave_b = await at_posts(person, 'phone', 'officer2', 'leave')
    await leave_b.getByLabel('第一天').fill(today())
    await leave_b.getByLabel('最后一天').fill(today(1))
    await button(leave_b, '登记').click()
    const refused = leave_b.getByRole('alert').filter({ hasText: '岗位会没有人' })
    await seen(refused.getByText('示例帮扶岗：', { exact: false }))
    await inspect(leave_b, 'leave of B that would leave a post empty, on a phone')
    await picture(leave_b, 'console-hardship-leave-phone-zh')
    await answered_by(phone, base, ['何示例', '', '林示例', '周示例'], 'B was refused')
    await choose(leave_b, '由谁顶岗', '沈示例')
    await button(leave_b, '登记').click()
    await told(leave_b, '周示例的请假登记好了')
    await answered_by(phone, base, ['何示例', '', '林示例', '沈示例'], 'while a third acts')
    const third = await at_case(person, 'manager', id)
    await seen(third.getByText(/林示例不在，.*由沈示例代办/))
    await inspect(third, 'a case for which a third acts')
    await picture(third, 'console-hardship-third-zh')

    // Back at work, each is who they were.
    for (const [page, days] of [[leave_b, '周示例'], [leave_a, '林示例']]) {
      await button(page, /^结束或取消请假/).click()
      await until(async () => (await button(page, /^结束或取消请假/).count()) === 0, `${days} is still away`)
    }
    await answered_by(phone, base, ['何示例', '', '林示例', ''], 'everybody is back')
    await a.reload()
    await take_to(a, '帮上了，结果已告诉你')
    await told(a, '帮上了，结果已告诉你')
    await seen(phone.getByText('办好了', { exact: true }))
    await inspect(phone, 'help has come')
    await picture(phone, 'resident-hardship-done-phone-zh')
    await go_by_menu(first, '窗口')
    await button(first, zh.finish).click()
    await stand_up(first)
    await post.end()
    await another.end()
  },
}
