// A membership moves here from another unit of the city: from the poster to what she thought of it, with a committee that is silent
// on the way.
import { answer } from './apply.mjs'
import { a_secretary, choose, granted, name_receivers, take_to, told } from './asked.mjs'
import { at_deadlines, line_of } from './deadlines.mjs'
import { api_as, button, expect, gone, inspect, link, menu_of, personal, picture, seen, sign_in, until } from './people.mjs'

const heading = (page, name) => page.getByRole('heading', { level: 1, name })
const name = personal('转示例')
const number = personal('00000000097')
const done_now = personal('示例：给组织科打了电话，明天就审')

/** From the poster by what to bring into the form; the tab is closed in the middle of it, and what was filled in is there again. */
async function send_from_phone(person, base) {
  let phone = await person('phone')
  await phone.go('/matters/membership_transfer_in')
  await link(phone, /先答几句/).click()
  for (const choice of ['在本市别的地方', '正式党员', '我自己']) await link(phone, choice).click()
  await seen(heading(phone, '不用跑这一趟'))
  await inspect(phone, 'a transfer within the city needs no trip')
  await picture(phone, 'resident-transfer-precheck-phone-zh')
  await link(phone, '在手机上填，交上来').click()
  await link(phone, '开始填').click()
  await answer(phone, '原来的党支部和基层党委叫什么？', '示例街道示例居民区第一党支部')
  await seen(heading(phone, '接收支部的全称'))

  const context = phone.context()
  await phone.close()
  phone = await context.newPage()
  await phone.goto(`${base}/apply/membership_transfer_in`)
  await link(phone, '接着填').click()
  await answer(phone, '接收支部的全称', '')
  await answer(phone, '党费交到哪年哪月？', '2026 年 10 月')
  await button(phone, '继续').click() // whether the file was checked may stay open
  await answer(phone, '你叫什么名字？', name)
  await answer(phone, '打哪个电话找你？', number)
  await seen(phone.getByText('示例街道示例居民区第一党支部'))
  await inspect(phone, 'checking a transfer')
  await button(phone, '对，交上去').click()
  await seen(heading(phone, '交上去了'))
  const reference = (await phone.getByText(/^NX-\d{4}-\d{6}$/).first().innerText()).trim()
  await link(phone, '看办理进度').click()
  await seen(heading(phone, '你的事办到哪里了'))
  return { phone, reference }
}

/** The unit that acts takes the case on, in its own list. */
async function take_on(page, reference, step) {
  await page.reload()
  await button(page, `办这一步：${reference}`).click()
  await choose(page, '办到哪一步', step)
  await inspect(page, `a unit takes a transfer on: ${step}`)
  await button(page, '办好了，往下走').click()
  await told(page, `${reference} 到了“${step}”`)
}
async function at_unit(person, { username }) {
  const page = await person('phone')
  await sign_in(page, username)
  await page.waitForURL(/\/console\/units$/)
  return page
}

export const transfer_journeys = {
  async 'a transfer from the poster to the rating, past a committee that is silent'({ person, base, program }) {
    const { phone, reference } = await send_from_phone(person, base)

    // At the window with a paper: it is taken in, and the branch is looked up together.
    const ask = await api_as(base, 'officer1')
    const { id } = await granted(ask('GET', `/api/desk/case-numbers/${reference}`))
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(link(menu_of(desk), '办件'))
    await desk.go(`/console/cases/${id}`)
    await button(desk, '收下：居住或工作地点的说明').click()
    await told(desk, '收下了：居住或工作地点的说明')
    await button(desk, '今天来了一趟').click()
    await told(desk, '今天这一趟记下了')
    await inspect(desk, 'a trip was recorded')
    await picture(desk, 'console-transfer-trip-zh')
    await button(desk, '我来办，接手').click()
    await told(desk, '你是承办人')
    await take_to(desk, '核对接收支部的全称')
    await told(desk, '核对接收支部的全称')
    const { committee, branch } = await name_receivers(base, ask, id)
    await desk.reload()
    await take_to(desk, '等接收的基层党委审核')
    await seen(desk.getByText(/^现在等接收的基层党委：/))
    await inspect(desk, 'a transfer waits for the committee')
    await picture(desk, 'console-transfer-waits-zh')
    await seen(phone.getByRole('status').filter({ hasText: '在等别的单位' }))
    await inspect(phone, 'a transfer waits for the committee, on the phone')
    await picture(phone, 'resident-transfer-waits-phone-zh')

    // Five working days of silence: the alarm names who must act, and the officer says what is done about it.
    await program.set_back(id, reference, 3)
    const { venue } = await granted(ask('GET', '/api/session'))
    const alarms = async () => (await granted(ask('GET', `/api/desk/alarms?venue=${venue}&limit=100`))).items.filter((each) => each.case_id === id)
    await until(async () => (await alarms()).length > 0, 'nobody is alarmed')
    const officer = await at_deadlines(person, 'desk', 'officer1', 'alarms')
    const late = line_of(officer, { reference })
    await seen(late.filter({ hasText: new RegExp(`该由谁办\\s*${committee.name.zh}（接收的基层党委）`) }))
    await inspect(officer, 'a committee that is silent')
    await picture(officer, 'console-transfer-alarm-zh')
    for (let left = await late.count(); left > 0; --left) {
      await button(late.first(), /^说明现在怎么办/).click()
      await late.first().getByLabel('现在怎么办？').fill(done_now)
      await button(late.first(), '记下来').click()
      await until(async () => (await late.count()) < left, 'the alarm is still there')
    }

    // The committee accepts, the branch accepts, and the receipt goes back.
    const secretaries = [await a_secretary(base, committee.id), await a_secretary(base, branch.id)]
    const there = await at_unit(person, secretaries[0])
    await picture(there, 'console-transfer-unit-phone-zh')
    await take_on(there, reference, '等接收支部接收')
    await take_on(await at_unit(person, secretaries[1]), reference, '支部已接收，给原基层党委回执')
    await take_on(there, reference, '办好了，支部已接收')
    await seen(phone.getByRole('status').filter({ hasText: '办好了' }))

    await desk.reload()
    await button(desk, '交出结果').click()
    await button(desk, '交出结果').click()
    await seen(desk.getByText('请写明谁取走的'))
    await desk.getByLabel('取件人姓名（加密保存）').fill(name)
    await inspect(desk, 'handing out a result')
    await picture(desk, 'console-transfer-result-zh')
    await button(desk, '交出结果').click()
    await told(desk, '结果交出去了')
    await seen(phone.getByText('已经交到手上', { exact: false }))
    const main = await phone.getByRole('main').innerText()
    expect(main.includes('为这件事来过 1 趟'), 'the trip for the paper and the result is not counted as one')
    expect(![name, number, done_now].some((word) => main.includes(word)), 'the progress shows who asked, or what staff noted')
    await inspect(phone, 'a result was handed out')
    await phone.getByRole('radio', { name: '非常满意', exact: true }).check()
    await button(phone, '发出去').click()
    await gone(phone.getByRole('radio', { name: '非常满意', exact: true }))
    await inspect(phone, 'a transfer that was rated')
    await picture(phone, 'resident-transfer-over-phone-zh')
    for (const secretary of secretaries) await secretary.go()

    // Trips are counted by matter.
    for (const [screen, language, theme, title] of [['desk', 'en', 'light', /Transfer your Party membership to this town/], ['small', 'zh', 'dark', /党员组织关系转入/]]) {
      const manager = await person(screen, { language, theme })
      await sign_in(manager, 'manager', language)
      await seen(button(manager, language === 'en' ? 'Sign out' : '退出登录'))
      await manager.go('/console/ratings?list=trips')
      await seen(manager.getByRole('row').filter({ hasText: title }))
      await inspect(manager, `trips by matter, ${screen} ${language} ${theme}`)
      await picture(manager, `console-trips-${screen}-${language}-${theme}`)
    }
  },
}
