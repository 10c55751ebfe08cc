// Posts with an A and a B role, the month board, leave that leaves no post empty, and slips to hand over by.
import { api_as, button, expect, go_by_menu, gone, inspect, link, picture, says, seen, sign_in, until } from './people.mjs'

const parts = { zh: { nav: '岗位', posts: '岗位', roster: '值班表', leave: '请假', handovers: '交接单' }, en: { nav: 'Posts', posts: 'Posts', roster: 'Roster', leave: 'Leave', handovers: 'Handover slips' } }
const told = (desk, text) => seen(desk.getByRole('status').filter({ hasText: text }))
const day_from_now = (count) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + count * 86_400_000)

export async function at_posts(person, screen, username, part = 'posts', wish = {}) {
  const language = wish.language ?? 'zh'
  const desk = await person(screen, wish)
  await sign_in(desk, username, language)
  await seen(button(desk, says[language].sit(1)))
  await go_by_menu(desk, parts[language].nav)
  await seen(desk.getByRole('heading', { name: parts[language].posts, exact: true }))
  if (part !== 'posts') await link(desk, parts[language][part]).click()
  await seen(desk.getByRole('heading', { name: parts[language][part], exact: true, level: 1 }))
  return desk
}
async function choose(desk, label, option) {
  await desk.getByRole('combobox', { name: label }).press('Enter') // what was chosen before lies over the field
  await desk.getByRole('option', { name: option, exact: true }).click()
}

/** A post of the centre with its two roles, made by the API; `end` takes everything back. */
export async function a_post(base, name, a, b) {
  const api = await api_as(base, 'admin')
  const answer = async (asked) => {
    const found = await asked
    expect(found.ok, `${found.url} was refused: ${found.status}`)
    return found.status === 204 ? null : found.json()
  }
  const { halls: [hall] } = await (await fetch(`${base}/api/town`)).json()
  const { items: staff } = await answer(api('GET', '/api/staff'))
  const id_of = (username) => staff.find((each) => each.username === username).id
  const post = await answer(api('POST', `/api/venues/${hall.venue_id}/posts`, { name: { zh: name, en: `Post ${name.length}` } }))
  await answer(api('POST', `/api/posts/${post.id}/holders`, { role: 'a', staff: id_of(a) }))
  if (b) await answer(api('POST', `/api/posts/${post.id}/holders`, { role: 'b', staff: id_of(b) }))
  return {
    api,
    post,
    hall,
    id_of,
    async end() {
      const { items } = await answer(api('GET', `/api/venues/${hall.venue_id}/posts`))
      const now = items.find((each) => each.id === post.id)
      if (now) await answer(api('POST', `/api/posts/${post.id}/end`, undefined, { 'If-Match': `"${now.version}"` }))
    },
  }
}

export const duties = {
  async 'a post gets its two roles, and the month board says who is there'({ person, base }) {
    const desk = await at_posts(person, 'desk', 'manager')
    await seen(desk.getByText('这里还没有岗位'))
    await inspect(desk, 'no posts yet')
    await picture(desk, 'console-posts-none-zh')
    await button(desk, '新设一个岗位').click()
    await button(desk, '保存').click()
    await seen(desk.getByText('请填岗位名称。'))
    await inspect(desk, 'a post without a name')
    await desk.getByLabel('岗位名称').fill('示例综合窗口')
    await button(desk, '保存').click()
    await told(desk, '岗位设好了')
    await seen(desk.getByText('由场所负责人顶上'))
    for (const [role, name] of [['A 角', '林示例'], ['B 角', '周示例']]) {
      await button(desk, /^定 A、B 角/).click()
      if (role === 'A 角') await inspect(desk, 'appointing')
      await choose(desk, '哪个角', role)
      await choose(desk, '哪位同事', name)
      await button(desk, '保存').click()
      await told(desk, '的人定好了')
    }
    // The same colleague in both roles is refused.
    await button(desk, /^定 A、B 角/).click()
    await choose(desk, '哪个角', 'B 角')
    await choose(desk, '哪位同事', '林示例')
    await button(desk, '保存').click()
    await seen(desk.getByRole('alert').filter({ hasText: 'A 角和 B 角不能是同一个人' }))
    await inspect(desk, 'one person for both roles')
    await picture(desk, 'console-post-appoint-zh')
    await button(desk, '先不改').click()
    await picture(desk, 'console-posts-zh')

    const second = await a_post(base, '示例反映窗口', 'officer3', 'officer1')
    const third = await a_post(base, '示例导办台', 'officer2', null)
    const away = await second.api('POST', '/api/absences', { staff: second.id_of('officer3'), kind: 'planned', from: day_from_now(0), until: day_from_now(3), third: null })
    expect(away.ok, `leave was refused: ${away.status}`)
    const sudden = await second.api('POST', '/api/absences', { staff: second.id_of('officer2'), kind: 'sudden', from: day_from_now(0), until: day_from_now(0), third: null })
    expect(sudden.ok, `sudden leave was refused: ${sudden.status}`)

    await link(desk, '值班表').click()
    const grid = desk.getByRole('grid')
    await seen(grid.getByText('没有人'))
    await seen(grid.getByText('B 角顶班'))
    await inspect(desk, 'the month board')
    await picture(desk, 'console-roster-zh', { full: false }) // a whole page is photographed on a screen of another width for a moment
    expect((await grid.locator('td[tabindex="0"]').count()) === 1, 'the board is more than one stop of the tab key')
    await grid.locator('td[tabindex="0"]').focus()
    await desk.keyboard.press('ArrowDown')
    await desk.keyboard.press('ArrowRight')
    expect(/ 1$/.test(await desk.evaluate(() => document.activeElement.getAttribute('data-cell'))), 'arrows do not lead to the next post')
    await desk.keyboard.press('Enter')
    await until(() => desk.evaluate(() => document.activeElement.id === 'entry'), 'Enter opens no entry')
    await choose(desk, '这一天由谁值班', '林示例')
    await inspect(desk, 'somebody else is put on duty')
    await picture(desk, 'console-roster-entry-zh', { full: false })
    await button(desk, '就这样安排').click()
    await told(desk, '由林示例在岗')
    await until(() => desk.evaluate(() => / 1$/.test(document.activeElement?.getAttribute('data-cell') ?? '')), 'the focus is not back on its day')
    await seen(grid.getByText('按值班表'))
    await desk.keyboard.press('Enter')
    await button(desk, '改回按 A、B 角').click()
    await gone(grid.getByText('按值班表'))
    // Whoever is away that day cannot be put on duty.
    await grid.locator('td[tabindex="0"]').focus()
    await desk.keyboard.press('Enter')
    await choose(desk, '这一天由谁值班', '何示例')
    await button(desk, '就这样安排').click()
    await seen(desk.getByRole('alert').filter({ hasText: '这位同事那天不在' }))
    await inspect(desk, 'on duty while away')
    await desk.keyboard.press('Escape')
    await gone(desk.getByRole('heading', { name: /示例反映窗口$/ }))

    for (const [screen, language, theme, large] of [['phone', 'zh', 'light', false], ['small', 'en', 'dark', false], ['desk', 'en', 'dark', false], ['small', 'zh', 'light', true], ['desk', 'zh', 'light', true]]) {
      const name = `${screen}-${language}${theme === 'dark' ? '-dark' : ''}${large ? '-large' : ''}`
      const narrow = await at_posts(person, screen, 'manager', 'posts', { language, theme })
      if (large) await narrow.evaluate(() => { document.documentElement.style.fontSize = '26px' })
      await seen(narrow.getByText('林示例'))
      await inspect(narrow, `posts, ${name}`)
      await picture(narrow, `console-posts-${name}`)
      await link(narrow, parts[language].roster).click()
      await seen(narrow.getByText('林示例'))
      await inspect(narrow, `the roster, ${name}`)
      await picture(narrow, `console-roster-${name}`)
      if (screen === 'phone') {
        await button(narrow, '下一周').click()
        await seen(narrow.getByText('林示例'))
        await button(narrow, /^换人：.*示例综合窗口$/).first().click()
        await inspect(narrow, `an entry, ${name}`)
        await picture(narrow, `console-roster-entry-${name}`, { full: false })
        await button(narrow, '先不改').click()
      }
    }
    // A post ends with its roster; its history stays.
    for (const each of [away, sudden]) {
      const { absence } = await each.json()
      await second.api('POST', `/api/absences/${absence.id}/end`, {}, { 'If-Match': `"${absence.version}"` })
    }
    await link(desk, '岗位').last().click()
    await button(desk, '撤销岗位：示例综合窗口').click()
    await inspect(desk, 'asking before a post ends')
    await button(desk, '确定撤销').click()
    await told(desk, '岗位撤销了')
    await second.end()
    await third.end()
  },

  async 'leave that would leave a post empty names a third'({ person, base }) {
    const here = await a_post(base, '示例请假岗', 'officer1', 'officer2')
    const other = await a_post(base, '示例顶岗的岗', 'officer3', null)
    const from = day_from_now(5)
    const until_day = day_from_now(6)
    const away = await (await here.api('POST', '/api/absences', { staff: here.id_of('officer2'), kind: 'planned', from, until: until_day, third: null })).json()
    const desk = await at_posts(person, 'desk', 'officer1', 'leave')
    await seen(desk.getByText('没有登记过请假。'))
    await inspect(desk, 'leave')
    expect((await desk.getByRole('combobox', { name: '谁的请假' }).count()) === 0, 'an officer is offered the leave of others')
    await button(desk, '登记').click()
    await seen(desk.getByText('请选日期。'))
    await desk.getByLabel('第一天').fill(from)
    await desk.getByLabel('最后一天').fill(until_day)
    await button(desk, '登记').click()
    const alert = desk.getByRole('alert').filter({ hasText: '岗位会没有人' })
    await seen(alert)
    await seen(alert.getByText('示例请假岗：', { exact: false }))
    await inspect(desk, 'leave that would leave a post empty')
    await picture(desk, 'console-leave-gap-zh')
    await choose(desk, '由谁顶岗', '何示例')
    await button(desk, '登记').click()
    await told(desk, '的请假登记好了')
    await seen(desk.getByText('何示例顶岗'))
    await inspect(desk, 'leave on record')
    await picture(desk, 'console-leave-zh')

    const manager = await at_posts(person, 'phone', 'manager', 'leave')
    await choose(manager, '谁的请假', '林示例')
    await seen(manager.getByText('何示例顶岗'))
    await inspect(manager, 'the leave of somebody else, on a phone')
    await picture(manager, 'console-leave-phone-zh')
    const small = await at_posts(person, 'small', 'officer1', 'leave', { language: 'en', theme: 'dark' })
    await small.getByLabel('Suddenly cannot come').check()
    await inspect(small, 'leave, narrow, in English')
    await picture(small, 'console-leave-small-en-dark')
    await button(desk, /^结束或取消请假/).click()
    await told(desk, '请假取消了')
    await here.api('POST', `/api/absences/${away.absence.id}/end`, {}, { 'If-Match': `"${away.absence.version}"` })
    await here.end()
    await other.end()
  },

  async 'a post is handed over by slip, and comes back with a report'({ person, base }) {
    const here = await a_post(base, '示例交接岗', 'officer1', 'officer2')
    const giver = await at_posts(person, 'desk', 'officer1', 'handovers')
    await inspect(giver, 'no slips')
    await button(giver, '写一张交接单').click()
    await button(giver, '交出去').click()
    await seen(giver.getByText('请写要交代的事。'))
    await inspect(giver, 'a slip that says nothing')
    await choose(giver, '交给谁', '周示例')
    await giver.getByLabel('交代的事').fill('示例：三件还没办完。\n第一件等材料，星期四前答复。')
    await picture(giver, 'console-handover-write-zh')
    await button(giver, '交出去').click()
    await told(giver, '交接单交给周示例了')
    expect(!(await giver.getByRole('main').innerText()).includes('三件还没办完'), 'a list shows what a slip says')
    await inspect(giver, 'a slip that was written')

    const taker = await at_posts(person, 'phone', 'officer2', 'handovers')
    await button(taker, '看内容：示例交接岗').click()
    await seen(taker.getByText('三件还没办完', { exact: false }))
    await inspect(taker, 'a slip, read on a phone')
    await picture(taker, 'console-handover-phone-zh')
    await button(taker, '接手：示例交接岗').click()
    await told(taker, '接手了')
    await button(taker, '写办理情况：示例交接岗').click()
    await button(taker, '写好了，交回去：示例交接岗').click()
    await seen(taker.getByText('请写办理情况。'))
    await taker.getByRole('textbox', { name: '办理情况' }).fill('示例：都办好了，第一件已经答复。')
    await inspect(taker, 'reporting back')
    await button(taker, '写好了，交回去：示例交接岗').click()
    await told(taker, '情况写好了')

    // What stood on the giver's page is older than that: the step is refused, and the page says where the slip is.
    await button(giver, '收回：示例交接岗').click()
    await told(giver, '请')
    await seen(button(giver, '看过了，结束：示例交接岗'))
    await button(giver, '看内容：示例交接岗').click()
    await seen(giver.getByText('都办好了', { exact: false }))
    await inspect(giver, 'a slip that was reported back')
    await picture(giver, 'console-handover-reported-zh')
    await button(giver, '看过了，结束：示例交接岗').click()
    await told(giver, '交接结束了')
    await seen(giver.getByRole('heading', { name: '已经结束的' }))
    await inspect(giver, 'a slip that was closed')
    const small = await at_posts(person, 'small', 'officer1', 'handovers', { language: 'en', theme: 'dark' })
    await button(small, 'Write a slip').click()
    await inspect(small, 'writing a slip, narrow, in English')
    await picture(small, 'console-handover-small-en-dark')
    await here.end()
  },
}
