// The venues of the network, as staff find and keep them: in a list, on a plain map, and each on its page.
import { readFileSync } from 'node:fs'
import { api_as, button, expect, go_by_menu, gone, inspect, link, picture, says, seen, sign_in, until } from './people.mjs'
import { texts_of } from './sheets.mjs'

const words = {
  zh: { nav: '场所', title: '场所', count: (count) => `共 ${count} 个场所`, function: '功能', warm: '暖新驿站', kind: '层级', branch: '分中心', open: '只看现在开门的', search: '名称或地址', map: '地图', list: '名单', back: '← 回到场所', hours: '每周开放时间', legend: '图例' },
  en: { nav: 'Venues', title: 'Venues', count: (count) => `${count} venues`, function: 'Serves as', warm: 'Warm station', kind: 'Level', branch: 'Branch centre', open: 'Only those open now', search: 'Name or address', map: 'Map', list: 'List', back: '← Back to venues', hours: 'Weekly hours', legend: 'Legend' },
}

async function at_venues(person, screen, username, wish = {}) {
  const language = wish.language ?? 'zh'
  const desk = await person(screen, wish)
  await sign_in(desk, username, language)
  await seen(button(desk, says[language].sit(1)))
  await go_by_menu(desk, words[language].nav)
  await seen(desk.getByRole('heading', { name: words[language].title, exact: true }))
  await seen(desk.getByRole('status').filter({ hasText: /\d+/ }))
  return desk
}
/** A field of the console's own forms, by its label. */
const field = (desk, label) => desk.getByRole('textbox', { name: label, exact: true })
async function choose(desk, label, option) {
  await desk.getByRole('combobox', { name: label }).press('Enter') // what was chosen before lies over the field
  await desk.getByRole('option', { name: option, exact: true }).click()
}
const told = (desk, text) => seen(desk.getByRole('status').filter({ hasText: text }))
/** The letters of whoever has set their browser to large ones. */
const large_letters = (desk) => desk.evaluate(() => { document.documentElement.style.fontSize = '26px' })

export const places = {
  async 'venues are found in a list and on a map that show the same'({ person, base }) {
    const { items } = await (await fetch(`${base}/api/venues?limit=100`)).json()
    const warm = items.filter((each) => each.functions.includes('warm_station')).length
    expect(warm === 56, `${warm} warm stations, not 1 + 4 + 51`)
    const desk = await at_venues(person, 'desk', 'officer1')
    await told(desk, words.zh.count(items.length))
    expect((await link(desk, '登记一个场所').count()) === 0, 'an officer is offered to record a venue')
    const points = desk.getByRole('group', { name: /个场所的位置/ }).getByRole('button')
    expect((await points.count()) === items.filter((each) => each.venue.place).length, 'the map shows others than the list')
    await inspect(desk, 'all venues')
    await picture(desk, 'console-venues-zh')

    // What is asked for narrows both.
    await choose(desk, words.zh.function, words.zh.warm)
    await told(desk, words.zh.count(56))
    // So is the sheet, which the keys reach as well.
    await button(desk, '导出为 Excel').focus()
    const [sheet] = await Promise.all([desk.waitForEvent('download'), desk.keyboard.press('Enter')])
    expect(/^场所 \d{4}-\d\d-\d\d\.xlsx$/.test(sheet.suggestedFilename()), `the sheet is called ${sheet.suggestedFilename()}`)
    const bytes = readFileSync(await sheet.path())
    expect(bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')), 'what was downloaded does not begin as a sheet does')
    await told(desk, `已下载：${sheet.suggestedFilename()}`)
    await inspect(desk, 'the venues were downloaded')
    await until(async () => (await points.count()) === 56, 'the map did not follow the list')
    await button(desk, '下一页').click()
    await seen(desk.getByRole('heading', { name: /第 2 页/ }))
    await choose(desk, words.zh.kind, words.zh.branch)
    await told(desk, words.zh.count(4))
    await inspect(desk, 'branch centres that are warm stations')
    await desk.getByLabel(words.zh.search).fill('永乐')
    await told(desk, words.zh.count(1))
    const [found] = await Promise.all([desk.waitForEvent('download'), button(desk, '导出为 Excel').click()])
    const [, ...rows] = texts_of(readFileSync(await found.path()))
    expect(rows.length === 1 && rows[0][0].includes('永乐'), `the sheet has others than were looked for: ${JSON.stringify(rows)}`)
    await desk.getByLabel(words.zh.search).fill('没有这个地方')
    await seen(desk.getByRole('heading', { name: '没有符合的场所' }))
    await inspect(desk, 'no venue fits')
    await button(desk, '清除条件').click()
    await told(desk, words.zh.count(items.length))
    await desk.getByRole('checkbox', { name: words.zh.open }).check()
    await until(async () => !(await desk.getByText(/^关门/).first().isVisible()), 'a closed venue is among the open ones')
    await desk.getByRole('checkbox', { name: words.zh.open }).uncheck()
    await told(desk, words.zh.count(items.length)) // the server was asked anew

    await button(desk, '放大').click()
    await inspect(desk, 'the map, closer')
    await picture(desk, 'console-venues-map-closer-zh')
    await button(desk, '缩小').click()

    // By the keys alone: one stop, arrows, and on to the venue.
    await points.last().focus()
    const before = await desk.evaluate(() => document.activeElement.getAttribute('aria-label'))
    await desk.keyboard.press('ArrowDown')
    await desk.keyboard.press('ArrowRight')
    const after = await desk.evaluate(() => document.activeElement.getAttribute('aria-label'))
    expect(after && after !== before, 'arrows lead nowhere on the map')
    expect((await desk.locator('[data-venue][tabindex="0"]').count()) === 1, 'the map is more than one stop of the tab key')
    await picture(desk, 'console-venues-map-focus-zh')
    await desk.keyboard.press('Enter')
    await until(() => desk.evaluate(() => document.activeElement.tagName === 'A'), 'Enter does not lead to what is said of the venue')
    await inspect(desk, 'a venue chosen on the map')
    await desk.keyboard.press('Enter')
    await seen(desk.getByRole('heading', { name: words.zh.hours }))
    expect(after.includes(await desk.getByRole('heading', { level: 1 }).innerText()), `the map led elsewhere than to ${after}`)
    await inspect(desk, 'a venue')
    await picture(desk, 'console-venue-zh')
    expect((await desk.getByRole('button', { name: /^修改|^停用|^改名/ }).count()) === 0, 'an officer is offered to edit a venue')
    await link(desk, words.zh.back).click()
    await link(desk, /南翔镇社区党群服务中心/).first().click()
    await seen(desk.getByText('南翔镇社区党建服务中心'))
    await seen(desk.getByText('2015年3月1日至2020年1月1日'))
    await picture(desk, 'console-venue-centre-zh')
    await desk.go('/console/venues/ve_zzzzzz')
    await seen(desk.getByRole('heading', { name: '没有找到这个场所' }))
    await inspect(desk, 'no such venue')
  },

  async 'venues on a narrow screen, in English, in the dark, and in large letters'({ person }) {
    for (const [screen, language, theme, large] of [['phone', 'zh', 'light', false], ['small', 'en', 'dark', false], ['small', 'zh', 'light', true], ['desk', 'en', 'dark', false], ['desk', 'zh', 'light', true]]) {
      const say = words[language]
      const name = `${screen}-${language}${theme === 'dark' ? '-dark' : ''}${large ? '-large' : ''}`
      const desk = await at_venues(person, screen, 'manager', { language, theme })
      if (large) await large_letters(desk)
      await inspect(desk, `venues, ${name}`)
      await picture(desk, `console-venues-${name}`)
      if (screen !== 'desk') {
        await desk.getByRole('radio', { name: say.map }).check()
        await seen(desk.getByRole('list', { name: say.legend }))
        await desk.locator('[data-venue]').nth(6).click()
        await inspect(desk, `the map, ${name}`)
        await picture(desk, `console-venues-map-${name}`)
        await desk.getByRole('radio', { name: say.list }).check()
      }
      await desk.getByRole('listitem').filter({ has: desk.getByRole('link') }).last().getByRole('link').click()
      await seen(desk.getByRole('heading', { name: say.hours }))
      await inspect(desk, `a venue, ${name}`)
      await picture(desk, `console-venue-${name}`)
    }
  },

  async 'a venue is recorded, put right by two at once, renamed, and ended'({ person, base }) {
    const api = await api_as(base, 'admin')
    const desk = await at_venues(person, 'desk', 'manager')
    await link(desk, '登记一个场所').click()
    await seen(desk.getByRole('heading', { name: '登记一个场所' }))
    await button(desk, '登记').click()
    await seen(desk.getByText('请填名称。'))
    await inspect(desk, 'a venue without a name')
    await field(desk, '名称').fill('示例新站')
    await field(desk, '地址').fill('示例路 900 号')
    const place = desk.getByRole('textbox', { name: /^位置/ })
    await place.fill('121.31, 31.29')
    await button(desk, '登记').click()
    await seen(desk.getByText('没看明白这个位置', { exact: false }))
    await place.fill('')
    await button(desk, '登记').click()
    // Without an organisation it is the town's own, which this manager's role does not reach.
    await seen(desk.getByRole('alert').filter({ hasText: '没有这项权限' }))
    await inspect(desk, 'a venue that is not theirs to record')
    await desk.getByRole('button', { name: /党群服务中心/ }).last().click()
    await picture(desk, 'console-venue-new-zh')
    await button(desk, '登记').click()
    await told(desk, '登记好了')
    await seen(desk.getByRole('heading', { name: '示例新站', level: 1 }))
    await seen(desk.getByText('没有登记位置，地图上看不到'))
    const id = desk.url().split('/').at(-1)

    // Its hours, with the break over noon.
    await button(desk, '修改开放时间').click()
    await inspect(desk, 'editing the hours')
    await picture(desk, 'console-venue-hours-zh')
    await desk.getByRole('group', { name: '第 2 段时间' }).getByRole('textbox', { name: '几点关门' }).fill('12点')
    await button(desk, '保存').click()
    await seen(desk.getByRole('alert').filter({ hasText: '结束要晚于开始' }))
    await inspect(desk, 'hours that run backwards')
    await desk.getByRole('group', { name: '第 2 段时间' }).getByRole('textbox', { name: '几点关门' }).fill('16：30')
    await button(desk, '保存').click()
    await told(desk, '开放时间改好了')
    await seen(desk.getByText('中午 11:30–13:00 休息', { exact: false }))
    // A day that differs.
    await button(desk, '加一天').click()
    const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
    await desk.getByLabel('哪一天').fill(day)
    await button(desk, '保存').click()
    await seen(desk.getByText('请写一句为什么。'))
    await desk.getByLabel('为什么（居民会看到）').fill('示例：内部学习')
    await inspect(desk, 'a day that differs')
    await picture(desk, 'console-venue-exception-zh')
    await button(desk, '保存').click()
    await told(desk, '的安排保存好了')
    await button(desk, /恢复照常$/).click()
    await told(desk, '恢复照常了')
    // A room, and a function.
    await button(desk, '登记一个房间').click()
    await desk.getByLabel('房间名称').fill('示例活动室')
    await desk.getByLabel('座位数（不知道就空着）').fill('二十')
    await button(desk, '保存').click()
    await seen(desk.getByText('座位数是 1 到 10000 的整数。'))
    await inspect(desk, 'a room')
    await desk.getByLabel('座位数（不知道就空着）').fill('20')
    await button(desk, '保存').click()
    await told(desk, '房间保存好了')
    await seen(desk.getByText('20 座', { exact: false }))
    await button(desk, '加一项功能').click()
    await choose(desk, '哪项功能', '议事厅')
    await button(desk, '保存').click()
    await told(desk, '功能加好了：议事厅')

    // Somebody else was quicker: what was typed is kept, and what is new is said.
    await button(desk, '修改基本情况').click()
    await inspect(desk, 'editing the facts')
    await field(desk, '地址').fill('示例路 901 号')
    const { listing } = await (await fetch(`${base}/api/venues/${id}`)).json()
    const other = await api('PATCH', `/api/venues/${id}`, { place: { latitude: 31.3, longitude: 121.31 } }, { 'If-Match': `"${listing.venue.version}"` })
    expect(other.ok, `the colleague was refused: ${other.status}`)
    await button(desk, '保存').click()
    await seen(desk.getByRole('alert').filter({ hasText: '内容刚被别人改过' }))
    await seen(desk.getByRole('alert').filter({ hasText: '同事刚改过：位置' }))
    expect((await field(desk, '地址').inputValue()) === '示例路 901 号', 'what was typed is lost')
    await inspect(desk, 'facts that somebody else changed')
    await picture(desk, 'console-venue-conflict-zh')
    await button(desk, '保存').click()
    await told(desk, '基本情况改好了')
    await seen(desk.getByText('示例路 901 号'))
    await seen(desk.getByText('31.3, 121.31'))

    await button(desk, '改名').click()
    await desk.getByLabel('新名称').fill('示例改名站')
    await button(desk, '保存').click()
    await told(desk, '名称记好了')
    await seen(desk.getByRole('heading', { name: '示例改名站', level: 1 }))
    await seen(desk.getByText('示例新站'))

    // It ends once nobody has anything to do with it.
    const made = await (await api('POST', '/api/staff', { username: `keeper_${Date.now()}`, name: '站示例', post: { zh: '站点管理员', en: 'Station keeper' }, password: 'doorstep-demo' })).json()
    const given = await (await api('POST', '/api/grants', { staff: made.id, role: 'station_keeper', venue: id, until: null })).json()
    const keeper = await person('phone')
    await sign_in(keeper, made.username)
    await keeper.waitForURL(/\/console\/venues$/)
    await go_by_menu(keeper, '场所')
    await seen(keeper.getByRole('heading', { name: words.zh.title, exact: true }))
    await keeper.go(`/console/venues/${id}`)
    await seen(button(keeper, '修改开放时间'))
    expect((await button(keeper, '修改基本情况').count()) === 0, 'a keeper is offered to edit the facts')
    await inspect(keeper, 'a venue, as its keeper sees it')
    await picture(keeper, 'console-venue-keeper-phone-zh')
    await button(desk, '停用').last().click()
    await inspect(desk, 'asking before a venue ends')
    await button(desk, '确定停用').click()
    await seen(desk.getByRole('alert').filter({ hasText: '这个场所还在用' }))
    await inspect(desk, 'a venue that is in use')
    await picture(desk, 'console-venue-in-use-zh')
    const ended = await api('POST', `/api/grants/${given.id}/end`)
    expect(ended.ok, `the role was not taken back: ${ended.status}`)
    await button(desk, '确定停用').click()
    await told(desk, '这个场所停用了')
    await gone(button(desk, '修改基本情况'))
    await inspect(desk, 'a venue that has ended')
    await api('POST', `/api/staff/${made.id}/end`)
  },
}
