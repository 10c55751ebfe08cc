// Each journey is told as people would tell it. They share one town, so each leaves its windows closed and its line empty.
import { readFileSync } from 'node:fs'
import { api_as, button, empty_line, expect, expect_large_targets, go_by_menu, gone, inspect, link, personal, picture, says, seen, sign_in, sit_down, stand_up, take_ticket, until } from './people.mjs'
import { affiliations } from './affiliations.mjs'
import { duties } from './duties.mjs'
import { frame } from './frame.mjs'
import { imports } from './imports.mjs'
import { pairs } from './pairs.mjs'
import { places } from './places.mjs'
import { records } from './records.mjs'
import { town } from './town.mjs'

const zh = says.zh

/** The moment, on the machine's clock, at which a text appears on a page. */
function moment_of(page, text) {
  return page.evaluate((wanted) => new Promise((resolve, reject) => {
    const there = () => document.querySelector('main').innerText.includes(wanted)
    if (there()) return resolve(Date.now())
    const watcher = new MutationObserver(() => {
      if (!there()) return
      watcher.disconnect()
      resolve(Date.now())
    })
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true })
    setTimeout(() => reject(new Error(`${wanted} did not appear`)), 15_000)
  }), text)
}

async function officer_with_empty_line(person, username, window) {
  const desk = await person('desk')
  await sign_in(desk, username)
  await sit_down(desk, window)
  await empty_line(desk)
  return desk
}

export const journeys = {
  async 'a ticket, a call, a case'({ person, note }) {
    const desk = await person('desk')
    await desk.go('/console/')
    await seen(button(desk, zh.sign_in))
    await inspect(desk, 'sign-in page')
    await picture(desk, 'console-sign-in-zh', { full: false })
    await sign_in(desk, 'officer1')
    await seen(button(desk, zh.sit(3)))
    await inspect(desk, 'choosing a window')
    await sit_down(desk, 3)
    await empty_line(desk)

    const wall = await person('wall')
    await wall.go('/display/')
    await seen(wall.getByRole('heading', { name: /南翔镇社区党群服务中心/ }))
    await inspect(wall, 'empty display')

    const phone = await person('phone')
    await phone.go('/')
    await seen(link(phone, zh.transfer))
    await inspect(phone, 'home')
    await picture(phone, 'resident-home-phone-zh', { full: false })
    await link(phone, zh.transfer).click()
    await seen(phone.getByRole('heading', { name: '要带什么' }))
    await phone.getByRole('checkbox', { name: /^身份证/ }).check()
    await seen(phone.getByRole('status').filter({ hasText: '备好了 1 样' }))
    await seen(phone.getByText('正式的介绍信不在这里开。', { exact: false }))
    await inspect(phone, 'matter')
    await picture(phone, 'resident-matter-phone-zh')
    await link(phone, zh.take).click()
    await seen(button(phone, zh.right))
    await inspect(phone, 'check')
    await picture(phone, 'resident-check-phone-zh')
    await button(phone, zh.right).click()
    await seen(phone.getByRole('status').filter({ hasText: '下一位就是你' }))
    const number = (await phone.getByText(/^[A-Z]\d{3}$/).first().innerText()).trim()
    await inspect(phone, 'waiting ticket')
    await picture(phone, 'resident-waiting-phone-zh')

    // The press and the picture are timed on the same clock.
    await seen(desk.getByText(number))
    await desk.evaluate(() => document.addEventListener('click', () => { document.documentElement.dataset.pressed = String(Date.now()) }, { capture: true, once: true }))
    const on_the_wall = moment_of(wall, number)
    const on_the_phone = moment_of(phone, zh.go_to(3))
    await button(desk, zh.call).click()
    const pressed = Number(await desk.evaluate(() => document.documentElement.dataset.pressed))
    const wall_ms = (await on_the_wall) - pressed
    const phone_ms = (await on_the_phone) - pressed
    note(`the call stood on the display after ${wall_ms} ms, on the phone after ${phone_ms} ms`)
    expect(wall_ms < 1_000, `the display showed the call after ${wall_ms} ms`)
    await seen(phone.getByRole('alert').filter({ hasText: zh.go_to(3) }))
    await seen(wall.getByRole('status').filter({ hasText: `请 ${number} 号到 3 号窗口` }))
    await inspect(phone, 'called ticket')
    await inspect(wall, 'display with a call')
    await inspect(desk, 'desk with a called ticket')
    await picture(phone, 'resident-called-phone-zh')
    await picture(wall, 'display-wall', { full: false })
    await picture(desk, 'console-called-zh', { full: false })

    await button(desk, '再叫一次').click()
    await seen(phone.getByRole('alert').filter({ hasText: '第 2 次叫你' }))
    await button(desk, zh.start).click()
    await seen(phone.getByRole('status').filter({ hasText: '正在 3 号窗口为你办' }))
    await button(desk, zh.intake).click()
    await seen(desk.getByRole('checkbox', { name: '身份证', exact: true }))
    await desk.getByRole('checkbox', { name: '身份证', exact: true }).check()
    await seen(desk.getByRole('status').filter({ hasText: /还缺：.*介绍信/ }))
    await desk.getByRole('textbox', { name: '姓名' }).fill('王示例')
    await desk.getByRole('textbox', { name: '手机号' }).fill('00000000000')
    await desk.getByRole('textbox', { name: /备注/ }).fill('示例备注')
    await inspect(desk, 'taking in a case')
    await picture(desk, 'console-intake-zh')
    await button(desk, zh.receive).click()
    await seen(desk.getByText(/收下了，受理编号 NX-\d{4}-\d{6}/))
    const reference = /NX-\d{4}-\d{6}/.exec(await desk.getByText(/收下了，受理编号/).first().innerText())[0]
    await inspect(desk, 'case taken in')

    await link(phone, zh.follow).click()
    await seen(phone.getByRole('heading', { name: '你的事办到哪里了' }))
    await seen(phone.getByText(reference))
    await seen(phone.getByText('林示例'))
    expect(!(await phone.getByRole('main').innerText()).includes('王示例'), 'the public page shows the name of the applicant')
    await inspect(phone, 'case')
    await picture(phone, 'resident-case-phone-zh')

    // The officer accepts: the resident sees the handler without doing anything.
    await link(desk, '打开办件').click()
    await seen(button(desk, '我来办，接手'))
    await inspect(desk, 'case before it is accepted')
    await button(desk, '我来办，接手').click()
    await seen(desk.getByRole('status').filter({ hasText: '你是承办人' }))
    await seen(desk.getByRole('combobox', { name: '下一步' }))
    await desk.getByRole('combobox', { name: '下一步' }).click()
    await seen(desk.getByRole('option', { name: '核对接收支部的全称' }))
    await inspect(desk, 'choosing a step')
    await desk.getByRole('option', { name: '核对接收支部的全称' }).click()
    await button(desk, '推进').click()
    await seen(phone.getByText('核对接收支部的全称'))
    await seen(phone.getByRole('status').filter({ hasText: '正在办' }))

    // Who looks at the applicant says why.
    await button(desk, '查看').click()
    await seen(desk.getByText('请写明为什么要看'))
    await desk.getByRole('textbox', { name: '为什么要看' }).fill('电话核对支部名称')
    await button(desk, '查看').click()
    await seen(desk.getByText('王示例'))
    await inspect(desk, 'case with the applicant shown')
    await button(desk, '看好了，收起来').click()
    await gone(desk.getByText('王示例'))
    await picture(desk, 'console-case-zh')

    await go_by_menu(desk, '办件')
    await seen(link(desk, reference))
    await inspect(desk, 'list of cases')
    await picture(desk, 'console-cases-zh', { full: false })
    await go_by_menu(desk, '窗口')
    await button(desk, zh.finish).click()
    await seen(button(desk, zh.call))
    await phone.goBack()
    await seen(phone.getByText('办完了', { exact: true }))
    await inspect(phone, 'finished ticket')
    await stand_up(desk)
  },

  async 'a ticket is given back'({ person }) {
    const phone = await person('phone')
    await take_ticket(phone)
    await button(phone, '不办了，取消这个号').click()
    await seen(phone.getByRole('heading', { name: '确定不办了吗？' }))
    await inspect(phone, 'asking before a ticket is cancelled')
    await button(phone, '不取消，继续等').click()
    await button(phone, '不办了，取消这个号').click()
    await button(phone, '确定取消').click()
    await seen(phone.getByRole('status').filter({ hasText: '这个号取消了' }))
    await inspect(phone, 'cancelled ticket')
    await link(phone, '再取一个号').click()
    await seen(phone.getByRole('heading', { name: zh.home }))
  },

  async 'called but not there'({ person }) {
    const desk = await officer_with_empty_line(person, 'officer1', 1)
    const phone = await person('phone')
    await take_ticket(phone)
    await button(desk, zh.call).click()
    await button(desk, '没来，过号').click()
    await seen(phone.getByRole('status').filter({ hasText: '刚才叫到你，你没过来' }))
    await inspect(phone, 'missed ticket')
    await stand_up(desk)
  },

  async 'the network goes and comes back'({ person }) {
    const phone = await person('phone')
    const number = await take_ticket(phone)
    await phone.context().setOffline(true)
    await seen(phone.getByRole('status').filter({ hasText: '现在没有网络' }))
    await seen(phone.getByText(number))
    await inspect(phone, 'offline ticket')
    await picture(phone, 'resident-offline-phone-zh')
    // A press without a network says what to do; it is not lost and not doubled.
    await button(phone, '不办了，取消这个号').click()
    await button(phone, '确定取消').click()
    await seen(phone.getByRole('alert').filter({ hasText: '现在连不上网络' }))
    await inspect(phone, 'offline refusal')
    await phone.context().setOffline(false)
    await gone(phone.getByRole('status').filter({ hasText: '现在没有网络' }))
    await button(phone, '确定取消').click()
    await seen(phone.getByRole('status').filter({ hasText: '这个号取消了' }))
  },

  async 'the program is restarted'({ person, program }) {
    const wall = await person('wall')
    await wall.go('/display/')
    await seen(wall.getByRole('region', { name: /各窗口/ }))
    await program.halt()
    await seen(wall.getByRole('status').filter({ hasText: '连接断了，正在重连…' }))
    await inspect(wall, 'display without a connection')
    await program.serve()
    await gone(wall.getByText('连接断了，正在重连…'))
    // Live again, not only drawn again: a call arrives.
    const desk = await officer_with_empty_line(person, 'officer1', 2)
    const phone = await person('phone')
    const number = await take_ticket(phone)
    await button(desk, zh.call).click()
    await seen(wall.getByRole('region', { name: /正在叫号/ }).getByText(number))
    await button(desk, zh.start).click()
    await button(desk, zh.finish).click()
    await stand_up(desk)
  },

  async 'pages left alone ask for nothing'({ person, note }) {
    const desk = await officer_with_empty_line(person, 'officer1', 1)
    const home = await person('phone')
    await home.go('/')
    await seen(link(home, zh.transfer))
    const ticket = await person('phone')
    await take_ticket(ticket)
    const wall = await person('wall')
    await wall.go('/display/')
    await seen(wall.getByRole('region', { name: /各窗口/ }))
    const asked = new Map()
    const pages = { desk, home, ticket, wall }
    await home.waitForTimeout(3_000) // their streams are open, and what came before them is fetched
    for (const [name, page] of Object.entries(pages)) {
      asked.set(name, 0)
      page.on('request', (request) => { if (request.url().includes('/api/')) asked.set(name, asked.get(name) + 1) })
    }
    await home.waitForTimeout(3_000)
    note(`requests in 3 s: ${[...asked].map(([name, count]) => `${name} ${count}`).join(', ')}`)
    // Once a minute or so each looks for itself; that may fall into these seconds, and asks two things.
    for (const [name, count] of asked) expect(count <= 2, `${name} asked ${count} times in 3 seconds`)
    await button(ticket, '不办了，取消这个号').click()
    await button(ticket, '确定取消').click()
    await seen(ticket.getByRole('status').filter({ hasText: '这个号取消了' }))
    await stand_up(desk)
  },

  async 'a closed hall'({ person }) {
    const phone = await person('phone')
    await phone.go('/')
    await button(phone, /东社区党群服务分中心/).click()
    await seen(phone.getByText('大厅现在没开'))
    await seen(phone.getByText('线路检修，这几天关门'))
    await inspect(phone, 'closed hall')
    await picture(phone, 'resident-closed-phone-zh')
    await link(phone, /问一问/).click()
    await seen(phone.getByText('大厅现在没开，开门以后再取号。'))
    expect((await link(phone, zh.take).count()) === 0, 'a ticket is offered while the hall is closed')
    await inspect(phone, 'service of a closed hall')
    // Who comes by an old address is refused kindly.
    await phone.goto(`${phone.url()}/ticket`)
    await button(phone, zh.right).click()
    await seen(phone.getByRole('alert').first())
    await inspect(phone, 'refused ticket')
  },

  async 'a wrong password'({ person }) {
    const desk = await person('desk')
    await sign_in(desk, 'officer1', 'zh', 'not-the-password')
    await seen(desk.getByRole('alert'))
    await inspect(desk, 'wrong password')
    expect((await desk.getByLabel(zh.password).inputValue()) === '', 'the wrong password stays in the field')
    await button(desk, zh.sign_in).click()
    await seen(desk.getByText('请填密码'))
    await inspect(desk, 'no password')
    await desk.getByLabel(zh.password).fill('doorstep-demo')
    await button(desk, zh.sign_in).click()
    await seen(button(desk, zh.sit(1)))
    await button(desk, '退出登录').click()
    await seen(button(desk, zh.sign_in))
    await desk.go('/console/cases')
    await seen(button(desk, zh.sign_in))
    await sign_in(desk, 'officer1')
    await seen(button(desk, zh.sit(1)))
  },

  async 'an officer who has gone'({ person }) {
    const officer = await officer_with_empty_line(person, 'officer1', 1)
    const phone = await person('phone')
    const number = await take_ticket(phone)
    await button(officer, zh.call).click()
    await seen(phone.getByText(zh.go_to(1)))
    const manager = await person('desk')
    await sign_in(manager, 'manager')
    await button(manager, zh.sit(1)).click()
    await seen(button(manager, '替林示例关窗口'))
    expect(await button(manager, zh.start).count() === 0, 'a manager may start what another officer called')
    await inspect(manager, 'the window of someone who has gone')
    await button(manager, '替林示例关窗口').click()
    await seen(phone.getByText('下一位就是你'))
    await button(manager, zh.open).click()
    await button(manager, zh.call).click()
    await seen(manager.getByRole('region', { name: '手上的号' }).getByText(number))
    await button(manager, zh.start).click()
    await button(manager, zh.finish).click()
    await stand_up(manager)
  },

  async 'two officers call at once'({ person }) {
    const one = await officer_with_empty_line(person, 'officer1', 1)
    const two = await person('desk')
    await sign_in(two, 'officer2')
    await seen(two.getByText('林示例 在用'))
    await sit_down(two, 2)
    const first = await take_ticket(await person('phone'))
    const second = await take_ticket(await person('phone'))
    await Promise.all([seen(one.getByText(second)), seen(two.getByText(second))])
    await Promise.all([button(one, zh.call).click(), button(two, zh.call).click()])
    await Promise.all([seen(button(one, zh.start)), seen(button(two, zh.start))])
    const called = await Promise.all([one, two].map((desk) => desk.getByRole('region', { name: '手上的号' }).getByText(/^[A-Z]\d{3}$/).innerText()))
    expect(called[0] !== called[1], `both officers called ${called[0]}`)
    expect([first, second].every((number) => called.includes(number)), `called ${called}, waiting were ${first} and ${second}`)
    for (const desk of [one, two]) {
      await button(desk, zh.start).click()
      await button(desk, zh.finish).click()
      await stand_up(desk)
    }
  },

  async 'two officers take on the same case'({ person }) {
    const one = await officer_with_empty_line(person, 'officer1', 1)
    const phone = await person('phone')
    await take_ticket(phone)
    await one.keyboard.press('Alt+n')
    await button(one, zh.start).click()
    await button(one, zh.intake).click()
    await seen(one.getByRole('checkbox', { name: '身份证', exact: true }))
    await button(one, zh.receive).click()
    await link(one, '打开办件').click()
    await seen(button(one, '我来办，接手'))
    const two = await person('desk')
    await sign_in(two, 'officer2')
    await seen(button(two, zh.sit(2)))
    await two.goto(one.url())
    await seen(button(two, '我来办，接手'))
    // The second officer's page has not heard of it yet when the press comes.
    await two.route('**/api/desk/cases/*', async (route) => {
      if (route.request().method() === 'GET') await new Promise((resolve) => setTimeout(resolve, 3_000))
      await route.continue()
    })
    await button(one, '我来办，接手').click()
    await seen(one.getByRole('status').filter({ hasText: '你是承办人' }))
    await button(two, '我来办，接手').click()
    await seen(two.getByRole('alert').filter({ hasText: '刚才有人改过这件' }))
    await until(async () => (await button(two, '我来办，接手').count()) === 0, 'the second officer may still accept')
    await seen(two.getByText(/由 林示例 承办/))
    await inspect(two, 'a case changed by somebody else')
    await go_by_menu(one, '窗口')
    await button(one, zh.finish).click()
    await stand_up(one)
  },

  async 'a role is given and taken back'({ person }) {
    const admin = await person('desk')
    await sign_in(admin, 'admin')
    await seen(button(admin, zh.sit(1)))
    await admin.go('/console/organisations')
    await seen(admin.getByRole('heading', { name: '组织与权限' }))
    await button(admin, /展开或收起：镇社区党群服务中心/).click()
    await button(admin, /^东社区/).click()
    await seen(admin.getByText('中共南翔镇东社区示例总支部委员会'))
    await seen(admin.getByRole('heading', { name: '谁在这里有权限' }))
    await inspect(admin, 'an organisation')
    await button(admin, '给权限').click()
    await seen(admin.getByText('请选一位同事'))
    await admin.getByRole('combobox', { name: '哪位同事' }).click()
    await admin.getByRole('option', { name: /周示例/ }).click()
    await admin.getByRole('combobox', { name: '什么权限' }).click()
    await admin.getByRole('option', { name: '站点管理员' }).click()
    await inspect(admin, 'giving a role')
    await button(admin, '给权限').click()
    await seen(admin.getByRole('status').filter({ hasText: '周示例现在有权限：站点管理员' }))
    await picture(admin, 'console-organisations-zh')
    // The same once more is refused, and says why.
    await admin.getByRole('combobox', { name: '哪位同事' }).click()
    await admin.getByRole('option', { name: /周示例/ }).click()
    await admin.getByRole('combobox', { name: '什么权限' }).click()
    await admin.getByRole('option', { name: '站点管理员' }).click()
    await button(admin, '给权限').click()
    await seen(admin.getByRole('alert').filter({ hasText: '已经有这项权限' }))
    await button(admin, '收回周示例的权限：站点管理员').click()
    await seen(admin.getByRole('status').filter({ hasText: '收回了周示例的权限：站点管理员' }))

    // One is recorded below it, renamed, and ended.
    await button(admin, '在下面新增').click()
    await admin.getByRole('textbox', { name: /^名称/ }).fill('示例一支部')
    await admin.getByRole('textbox', { name: /^全称/ }).fill('中共示例第一支部委员会')
    await inspect(admin, 'recording an organisation')
    await button(admin, '保存').click()
    await seen(admin.getByRole('heading', { name: '示例一支部' }))
    await button(admin, '修改').click()
    await admin.getByRole('textbox', { name: /^名称/ }).fill('示例新支部')
    await button(admin, '保存').click()
    await seen(admin.getByRole('heading', { name: '示例新支部' }))
    await button(admin, '撤销').click()
    await inspect(admin, 'asking before an organisation is ended')
    await button(admin, '确定撤销').click()
    await seen(admin.getByRole('heading', { name: /^东社区/ }))

    // An officer reads the exact name to copy, and manages nothing.
    const officer = await person('phone')
    await sign_in(officer, 'officer1')
    await seen(button(officer, zh.sit(1)))
    await officer.go('/console/organisations')
    await button(officer, /展开或收起：镇社区党群服务中心/).click()
    await button(officer, /^翔华/).click()
    await seen(officer.getByText('中共南翔镇翔华示例总支部委员会'))
    expect((await button(officer, '修改').count()) === 0, 'an officer is offered to edit an organisation')
    await inspect(officer, 'organisations on a phone')
    await picture(officer, 'console-organisations-phone-zh')
    const director = await person('small', { language: 'en', theme: 'dark' })
    await sign_in(director, 'manager', 'en')
    await seen(button(director, says.en.sit(1)))
    for (const [path, heading] of [['/console/organisations', 'Organisations and roles'], ['/console/staff', 'Staff'], ['/console/account', 'My account']]) {
      await director.go(path)
      await seen(director.getByRole('heading', { name: heading, exact: true }))
      await seen(director.getByRole('main').getByRole('heading', { level: 2 }).first())
      await inspect(director, `${path} at 320 px, in English`)
      await picture(director, `console${path.slice(8).replace('/', '-')}-small-en`)
    }
  },

  async 'a colleague comes, changes the password, and goes'({ person }) {
    const admin = await person('desk')
    await sign_in(admin, 'admin')
    await seen(button(admin, zh.sit(1)))
    await link(admin, '人员').click()
    await seen(admin.getByRole('heading', { name: '在岗的同事' }))
    await inspect(admin, 'staff')
    await picture(admin, 'console-staff-zh')
    await button(admin, '登记一位新同事').click()
    await button(admin, '登记').last().click()
    await seen(admin.getByText('密码至少 8 个字符'))
    await inspect(admin, 'recording a colleague')
    await admin.getByRole('textbox', { name: /^姓名/ }).fill('新示例')
    await admin.getByRole('textbox', { name: /^岗位/ }).fill('导办台')
    await admin.getByRole('textbox', { name: /^用户名/ }).fill('newcomer')
    await admin.getByLabel(/^第一个密码/).fill('first-password')
    await button(admin, '登记').last().click()
    await seen(admin.getByRole('status').filter({ hasText: '登记好了：新示例' }))

    const here = await person('desk')
    await sign_in(here, 'newcomer', 'zh', 'first-password')
    await seen(link(here, '我的账号：新示例'))
    const elsewhere = await person('phone')
    await sign_in(elsewhere, 'newcomer', 'zh', 'first-password')
    await seen(link(elsewhere, '我的账号：新示例'))
    await link(here, '我的账号：新示例').click()
    await seen(here.getByRole('heading', { name: '登录着的地方' }))
    await inspect(here, 'my account')
    await picture(here, 'console-account-zh')
    await here.getByLabel('现在的密码').fill('not the word')
    await here.getByLabel('新密码').fill('second-password')
    await button(here, '改密码').click()
    await seen(here.getByRole('alert').filter({ hasText: '账号或密码不对' }))
    await button(here, /^结束 .* 的登录$/).click()
    await seen(here.getByRole('status').filter({ hasText: '那里的登录结束了' }))
    await elsewhere.reload()
    await seen(button(elsewhere, zh.sign_in))
    await here.getByLabel('现在的密码').fill('first-password')
    await here.getByLabel('新密码').fill('second-password')
    await button(here, '改密码').click()
    await seen(here.getByRole('status').filter({ hasText: '密码改好了' }))

    await button(admin, '停用新示例的账号').click()
    await inspect(admin, 'asking before an account is ended')
    await button(admin, '确定停用').click()
    await seen(admin.getByRole('status').filter({ hasText: '新示例的账号停用了' }))
    await here.reload()
    await seen(button(here, zh.sign_in))
  },

  async 'a resident signs in by phone, sees what is held and who looked, takes it along, is erased'({ person, base, program }) {
    // Recorded at a window some time ago; an officer looked, and wrote why.
    const number = personal('00000000019')
    const desk = await api_as(base, 'officer1')
    const recorded = await (await desk('POST', '/api/people', {
      name: '王示例', phone: number, identity_number: personal('000000194803070028'), birth_date: '1948-03-07', address: personal('示例路 1 号 303 室'),
    })).json()
    await desk('POST', `/api/people/${recorded.id}/look`, { purpose: '上门前核对门牌' })

    const phone = await person('phone')
    await phone.go('/')
    await link(phone, /^我的信息/).click()
    await seen(phone.getByRole('heading', { name: '你的手机号是多少？' }))
    await until(() => phone.evaluate(() => document.activeElement.tagName === 'H1'), 'the focus is not on the question')
    await seen(phone.getByText('没有人一定要登录。', { exact: false }))
    await inspect(phone, 'asking for the phone')
    await picture(phone, 'resident-phone-zh')
    await phone.getByLabel('你的手机号是多少？').fill('12')
    await button(phone, '把短信发给我').click()
    await seen(phone.getByRole('alert').filter({ hasText: '请核对后再试' }))
    await inspect(phone, 'a phone number that is none')
    await phone.getByLabel('你的手机号是多少？').fill(number)
    await button(phone, '把短信发给我').click()
    await seen(phone.getByRole('heading', { name: '短信里的六位数字是什么？' }))
    await inspect(phone, 'asking for the code')
    await picture(phone, 'resident-code-zh')
    const code = await program.newest_code(number)
    await phone.getByLabel('短信里的六位数字是什么？').fill(code === '000000' ? '000001' : '000000')
    await button(phone, '填好了，继续').click()
    await seen(phone.getByRole('alert').filter({ hasText: '验证码不对' }))
    await inspect(phone, 'a wrong code')
    // Reading the message may push the page out of the phone's memory: the question is still there, and so is the number.
    await phone.reload()
    await phone.getByLabel('短信里的六位数字是什么？').fill(code)
    await button(phone, '填好了，继续').click()

    await seen(phone.getByRole('heading', { name: '还不知道你是谁' }))
    await inspect(phone, 'a phone that speaks for nobody yet')
    await link(phone, '说说我是谁').click()
    await phone.getByLabel('你叫什么名字？').fill('王示例')
    await button(phone, '继续').click()
    await seen(phone.getByRole('heading', { name: '身份证最后四位是什么？' }))
    await inspect(phone, 'asking for the last four')
    await phone.getByLabel('身份证最后四位是什么？').fill('0028')
    await button(phone, '好了').click()
    await phone.waitForURL(`${base}/my/people/${recorded.id}`)

    // Who looked stands there at once; what is held only on wish, and that is a look, too.
    const looks = phone.getByRole('listitem')
    await seen(looks.filter({ hasText: '林示例' }).filter({ hasText: '写的原因：上门前核对门牌' }))
    await inspect(phone, 'who has looked')
    expect((await phone.getByText('示例路 1 号 303 室').count()) === 0, 'the address stands there before anybody asked for it')
    await button(phone, '看全部内容').click()
    await seen(phone.getByText('示例路 1 号 303 室'))
    await seen(phone.getByText('1948年3月7日'))
    await seen(looks.filter({ hasText: '用这部手机登录的人' }).filter({ hasText: '看了全部内容' }))
    await inspect(phone, 'what is held')
    await picture(phone, 'resident-held-zh')
    await button(phone, '修改住址').click()
    await phone.getByLabel('你住在哪里？').fill('示例路 2 号 101 室')
    await inspect(phone, 'putting the address right')
    await button(phone, '保存').click()
    await seen(phone.getByRole('status').filter({ hasText: '住址改好了。' }))

    // A copy for the drawer at home: a file, and a page that is printed without buttons.
    await link(phone, '带走一份').click()
    await button(phone, '取出来').click()
    await seen(phone.getByText('示例路 2 号 101 室'))
    await inspect(phone, 'a copy to take along')
    await picture(phone, 'resident-copy-zh')
    const [file] = await Promise.all([phone.waitForEvent('download'), button(phone, '存成文件').click()])
    const copy = JSON.parse(readFileSync(await file.path(), 'utf8'))
    expect(copy.facts.address === '示例路 2 号 101 室' && copy.looks.length === 5, `the file holds ${JSON.stringify(copy)}`)
    await phone.emulateMedia({ media: 'print' })
    expect(!(await button(phone, '打印').isVisible()) && (await phone.getByText('示例路 2 号 101 室').isVisible()), 'the printed page is not what was taken along')
    await phone.emulateMedia({ media: 'screen' })

    await link(phone, '← 上一步').click()
    await link(phone, '看看会删什么').click()
    await seen(phone.getByRole('heading', { name: '要把王*的信息全部删掉吗？' }))
    await inspect(phone, 'asking before somebody is erased')
    await picture(phone, 'resident-erase-zh')
    await button(phone, '确定，全部删掉').click()
    await seen(phone.getByRole('heading', { name: '全部删掉了' }))
    await seen(phone.getByText('留下 6 条“谁看过”的记录', { exact: false }))
    await inspect(phone, 'erased')
    await phone.go('/my')
    await seen(phone.getByRole('heading', { name: '你的手机号是多少？' }))
    expect((await desk('POST', `/api/people/${recorded.id}/look`, { purpose: '再看一次' })).status === 410, 'an officer still sees who was erased')
  },

  ...records,
  ...affiliations,
  ...pairs,
  ...places,
  ...imports,
  ...duties,
  ...town,
  ...frame,

  async 'in English'({ person }) {
    const en = says.en
    const desk = await person('desk', { language: 'en', theme: 'dark' })
    await sign_in(desk, 'officer2', 'en')
    await seen(button(desk, en.sit(2)))
    await inspect(desk, 'choosing a window, dark, in English')
    await sit_down(desk, 2, 'en')
    const phone = await person('phone', { language: 'en' })
    await phone.go('/')
    await seen(phone.getByRole('heading', { name: en.home }))
    expect((await phone.evaluate(() => document.documentElement.lang)) === 'en', 'the page does not say that it is English')
    await inspect(phone, 'home in English')
    await picture(phone, 'resident-home-phone-en')
    const number = await take_ticket(phone, 'en')
    await inspect(phone, 'ticket in English')
    await picture(phone, 'resident-waiting-phone-en')
    await seen(desk.getByText(number))
    await button(desk, en.call).click()
    await seen(phone.getByRole('alert').filter({ hasText: en.go_to(2) }))
    await inspect(desk, 'desk, dark, in English')
    await picture(desk, 'console-called-en', { full: false })
    await button(desk, en.start).click()
    await button(desk, en.finish).click()
    await stand_up(desk, 'en')
    // Back to Chinese, remembered over a reload.
    await button(phone, '中文').click()
    await seen(phone.getByText('办完了', { exact: true }))
    await phone.reload()
    await seen(phone.getByText('办完了', { exact: true }))
    const reader = await person('desk', { language: 'en' })
    await reader.go('/')
    await seen(link(reader, en.transfer))
    await inspect(reader, 'home on a desktop')
    await picture(reader, 'resident-home-desktop-en')
    const wall = await person('wall', { theme: 'dark' })
    await wall.go('/display/')
    await seen(wall.getByRole('region', { name: /Now calling/ }).getByText(number))
    await inspect(wall, 'dark display')
    await picture(wall, 'display-wall-dark', { full: false })
  },

  async 'a narrow phone and the largest letters'({ person }) {
    for (const language of ['zh', 'en']) {
      const phone = await person('small', { language })
      await phone.go('/')
      await seen(link(phone, says[language].transfer))
      await button(phone, language === 'zh' ? '字号' : 'Text size').click()
      await phone.getByRole('radio', { name: language === 'zh' ? '特大' : 'Largest' }).check()
      await until(() => phone.evaluate(() => getComputedStyle(document.body).fontSize === '30px'), 'the letters did not grow to 30 px')
      await inspect(phone, `home at 320 px and 30 px letters, ${language}`)
      await picture(phone, `resident-largest-small-${language}`)
      await link(phone, says[language].transfer).click()
      await seen(link(phone, says[language].take))
      await inspect(phone, `matter at 320 px, ${language}`)
      await link(phone, says[language].take).click()
      await seen(button(phone, says[language].right))
      await inspect(phone, `check at 320 px, ${language}`)
      await button(phone, says[language].right).click()
      await seen(phone.getByText(/^[A-Z]\d{3}$/))
      await inspect(phone, `ticket at 320 px, ${language}`)
      await expect_large_targets(phone, `ticket at 320 px, ${language}`)
      await button(phone, language === 'zh' ? '不办了，取消这个号' : 'I no longer need it: cancel this ticket').click()
      await button(phone, language === 'zh' ? '确定取消' : 'Yes, cancel it').click()
      await seen(phone.getByRole('status').filter({ hasText: language === 'zh' ? '这个号取消了' : 'This ticket is cancelled' }))
      await phone.getByRole('contentinfo').getByRole('link', { name: language === 'zh' ? '我的信息' : 'My details' }).click()
      await seen(phone.getByRole('heading', { name: language === 'zh' ? '你的手机号是多少？' : 'What is your phone number?' }))
      await inspect(phone, `signing in at 320 px, ${language}`)
      await picture(phone, `resident-phone-small-${language}`)
    }
  },

  async 'by keyboard alone'({ person }) {
    const reader = await person('desk')
    await reader.go('/')
    await seen(link(reader, zh.transfer))
    const focused = () => reader.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.closest('label')?.textContent?.trim() ?? element?.textContent?.trim() ?? ''
    })
    async function walk_to(name) {
      for (let count = 0; count < 40; count += 1) {
        await reader.keyboard.press('Tab')
        if ((await focused()).includes(name)) return
      }
      throw new Error(`the keyboard does not reach ${name}`)
    }
    await reader.keyboard.press('Tab')
    expect((await focused()) === '跳到正文', `the first stop is "${await focused()}", not the way to the content`)
    await walk_to('党员组织关系转入')
    await reader.keyboard.press('Enter')
    await seen(reader.getByRole('heading', { name: '要带什么' }))
    await until(() => reader.evaluate(() => document.activeElement.tagName === 'H1'), `after a change of page the focus is on "${await focused()}", not on its heading`)
    await walk_to('身份证')
    await reader.keyboard.press('Space')
    expect(await reader.getByRole('checkbox', { name: /^身份证/ }).isChecked(), 'space does not tick')
    await walk_to(zh.take)
    await reader.keyboard.press('Enter')
    await seen(button(reader, zh.right))
    await walk_to(zh.right)
    await reader.keyboard.press('Enter')
    await reader.waitForURL(/\/t\/[\w-]+$/)
    await seen(reader.getByText(/^[A-Z]\d{3}$/))
    await walk_to('不办了，取消这个号')
    await reader.keyboard.press('Enter')
    await seen(button(reader, '确定取消'))
    await walk_to('确定取消')
    await reader.keyboard.press('Enter')
    await seen(reader.getByRole('status').filter({ hasText: '这个号取消了' }))
  },

  async 'addresses that lead nowhere'({ person }) {
    const phone = await person('phone')
    for (const [path, words] of [['/t/nothing-here', '没有找到这个号'], ['/c/nothing-here', '没有找到这件事'], ['/matters/nothing_here', '没有找到这件事']]) {
      await phone.go(path)
      await seen(phone.getByRole('heading', { name: words }))
      await inspect(phone, path)
      await link(phone, '回到首页').last().click()
      await seen(phone.getByRole('heading', { name: zh.home }))
    }
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(button(desk, zh.sit(1)))
    await desk.go('/console/nothing-here')
    await seen(desk.getByRole('heading', { name: '没有这一页' }))
    await inspect(desk, 'no such page of the console')
  },

  async 'a slow phone'({ person, base, note }) {
    // 1.6 Mbit/s, 150 ms there and back, a processor a quarter as fast. The better of two visits: other work may share the machine.
    let best = { lcp: Infinity, shift: Infinity }
    for (let visit = 0; visit < 2 && (best.lcp >= 2_500 || best.shift >= 0.1); visit += 1) {
      const phone = await person('phone')
      const line = await phone.context().newCDPSession(phone)
      await line.send('Network.enable')
      await line.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 })
      await line.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await phone.addInitScript(() => {
        globalThis.measured = { lcp: 0, shift: 0 }
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.measured.lcp = entry.startTime }).observe({ type: 'largest-contentful-paint', buffered: true })
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.measured.shift += entry.value }).observe({ type: 'layout-shift', buffered: true })
      })
      await phone.goto(`${base}/`)
      await seen(link(phone, zh.transfer))
      await phone.waitForTimeout(500)
      const found = await phone.evaluate(() => globalThis.measured)
      if (found.lcp < best.lcp) best = found
    }
    note(`largest paint after ${Math.round(best.lcp)} ms, layout shift ${best.shift.toFixed(3)}`)
    expect(best.lcp < 2_500, `the largest paint came after ${Math.round(best.lcp)} ms`)
    expect(best.shift < 0.1, `the layout shifted by ${best.shift.toFixed(3)}`)
  },
}
