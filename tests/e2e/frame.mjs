// The console's menu: a rail beside the page on a desk, a list behind a button where there is no room for one.
import { api_as, button, expect, go_by_menu, gone, inspect, link, menu_of, picture, seen, sign_in, until } from './people.mjs'

const words = {
  zh: { menu: '菜单', day: '日常办理', desk: '窗口', calendar: '日历', calendar_title: '工作日历', audit: '查看记录', skip: '跳到正文' },
  en: { menu: 'Menu', day: 'Day to day', desk: 'Window', calendar: 'Calendar', calendar_title: 'Working days', audit: 'Audit', skip: 'Skip to the content' },
}
const focused = (page) => page.evaluate(() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim())
const marked = (page) => menu_of(page).locator('[aria-current]').evaluateAll((all) => all.map((each) => `${each.textContent} ${each.getAttribute('aria-current')}`).join())
async function walk_to(page, name, key = 'Tab') {
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press(key)
    if ((await focused(page)) === name) return
  }
  throw new Error(`${key} does not reach ${name}`)
}

export const frame = {
  async 'the menu beside the page shows each their own pages, and where one is'({ person, base }) {
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(link(menu_of(desk), words.zh.desk))
    await inspect(desk, 'the menu beside the page')
    await picture(desk, 'console-menu-desk-zh', { full: false })
    expect(!(await button(menu_of(desk), words.zh.menu).isVisible()), 'there is a button beside the rail')
    expect((await marked(desk)) === '窗口 page', `at the window, "${await marked(desk)}" is marked`)
    for (const name of ['人员', '导入表格', words.zh.audit]) expect((await link(menu_of(desk), name).count()) === 0, `an officer is offered ${name}`)
    expect((await menu_of(desk).getByRole('list').count()) === 4, 'there are other groups than an officer has something in')
    await seen(menu_of(desk).getByRole('list', { name: words.zh.day }).getByRole('link', { name: '居民' }))
    await go_by_menu(desk, '场所')
    await seen(desk.getByRole('heading', { name: '场所', exact: true }))
    await desk.getByRole('main').getByRole('listitem').getByRole('link').first().click()
    await until(async () => (await marked(desk)) === '场所 true', 'on the page of a venue, the venues are not marked')
    // However far down one has read, the rail is there.
    await desk.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    expect((await menu_of(desk).locator('#menu').boundingBox()).y >= 0, 'the rail scrolls away with the page')

    // The first stop of the keys leads past all of it.
    await desk.reload()
    await seen(link(menu_of(desk), words.zh.desk))
    await desk.keyboard.press('Tab')
    expect((await focused(desk)) === words.zh.skip, `the first stop is "${await focused(desk)}"`)
    await desk.keyboard.press('Enter')
    expect((await desk.evaluate(() => document.activeElement.tagName)) === 'MAIN', 'the skip link does not lead to the content')

    // Those who have the most pages see all of them at once.
    for (const username of ['manager', 'admin']) {
      const one = await person('desk')
      await sign_in(one, username)
      await seen(link(menu_of(one), '导入表格'))
      const hidden = await menu_of(one).locator('#menu').evaluate((list) => list.scrollHeight - list.clientHeight)
      expect(hidden <= 0, `${hidden} px of the menu of ${username} are to be scrolled for`)
    }
    const admin = await person('desk')
    await sign_in(admin, 'admin')
    await seen(link(menu_of(admin), words.zh.audit))
    await inspect(admin, 'the menu of an administrator')
    await picture(admin, 'console-menu-admin-zh', { full: false })
    // With large letters there is no room for it.
    await admin.evaluate(() => { document.documentElement.style.fontSize = '32px' })
    await seen(button(menu_of(admin), words.zh.menu))
    await inspect(admin, 'the menu in large letters')
    await button(menu_of(admin), words.zh.menu).click()
    await inspect(admin, 'the menu in large letters, open')
    await picture(admin, 'console-menu-large-zh')

    // Who sits at no window is not led to one.
    const api = await api_as(base, 'admin')
    const made = await (await api('POST', '/api/staff', { username: `guide_${Date.now()}`, name: '引示例', post: { zh: '导办', en: 'Greeter' }, password: 'doorstep-demo' })).json()
    const { items: [root] } = await (await api('GET', '/api/organisations')).json()
    const given = await api('POST', '/api/grants', { staff: made.id, role: 'greeter', organisation: root.id, until: null })
    expect(given.ok, `the role was not given: ${given.status}`)
    const greeter = await person('desk')
    await sign_in(greeter, made.username)
    await greeter.waitForURL(/\/console\/people$/)
    await inspect(greeter, 'the menu of a greeter')
    await picture(greeter, 'console-menu-greeter-zh', { full: false })
    for (const name of [words.zh.desk, '办件']) expect((await link(menu_of(greeter), name).count()) === 0, `a greeter is offered ${name}`)
    await api('POST', `/api/staff/${made.id}/end`)
  },

  async 'the menu is there as soon as it can be used, and not before'({ person }) {
    const page = await person('small')
    const waits = []
    await page.route(/\/DeskPage-[^/]*\.js$/, (route) => waits.push(route))
    await sign_in(page, 'officer1')
    await until(() => waits.length > 0, 'the first page is not asked for')
    expect(!(await button(menu_of(page), words.zh.menu).isVisible()), 'a menu is offered that the coming page closes')
    for (const route of waits) await route.continue()
    await go_by_menu(page, '场所')
    await seen(page.getByRole('heading', { name: '场所', exact: true }))
  },

  async 'the menu behind a button, by keyboard alone'({ person }) {
    for (const [screen, language, theme, letters] of [['small', 'zh', 'light', 16], ['small', 'en', 'dark', 32], ['phone', 'en', 'light', 16], ['phone', 'zh', 'dark', 32]]) {
      const say = words[language]
      const name = `${screen}-${language}${letters > 16 ? '-large' : ''}`
      const page = await person(screen, { language, theme })
      await sign_in(page, 'admin', language)
      const opener = button(menu_of(page), say.menu)
      const expanded = () => opener.getAttribute('aria-expanded')
      await seen(opener)
      await page.evaluate((size) => { document.documentElement.style.fontSize = `${size}px` }, letters)
      await inspect(page, `the menu, closed, ${name}`)
      expect((await expanded()) === 'false' && !(await link(menu_of(page), say.calendar).isVisible()), `the menu is open from the beginning, ${name}`)

      await opener.focus()
      await page.keyboard.press('Enter')
      await until(async () => (await focused(page)) === say.desk, `the focus is on "${await focused(page)}", not on the page one is at, ${name}`)
      expect((await expanded()) === 'true', `an open menu is told to be closed, ${name}`)
      await inspect(page, `the menu, open, ${name}`)
      await picture(page, `console-menu-${name}`)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Escape')
      await gone(link(menu_of(page), say.calendar))
      expect((await focused(page)) === say.menu && (await expanded()) === 'false', `after Escape the focus is on "${await focused(page)}", ${name}`)

      await page.keyboard.press('Space')
      await until(async () => (await focused(page)) === say.desk, `the second time the menu is not entered, ${name}`)
      await walk_to(page, say.calendar)
      await page.keyboard.press('Enter')
      await seen(page.getByRole('heading', { name: say.calendar_title, level: 1 }))
      await until(async () => (await focused(page)) === say.calendar_title, `the focus is on "${await focused(page)}", not on the heading, ${name}`)
      await gone(link(menu_of(page), say.audit))
      await inspect(page, `after a choice, ${name}`)
    }
  },
}
