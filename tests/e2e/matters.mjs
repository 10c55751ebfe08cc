// Somebody finds what they came for, answers a few questions at home, and takes a ticket only when they have to come.
import { button, expect, inspect, link, picture, says, seen } from './people.mjs'

const zh = says.zh
const heading = (page, name) => page.getByRole('heading', { level: 1, name })
const search = (page, name = '你想办什么事？') => page.getByRole('searchbox', { name })

/** By the keyboard alone: on with Tab until the focus is there, then Enter. */
async function press_by_keyboard(page, name) {
  for (let presses = 0; presses < 60; ++presses) {
    await page.keyboard.press('Tab')
    const words = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    if (words.includes(name)) return page.keyboard.press('Enter')
  }
  expect(false, `the keyboard does not reach "${name}"`)
}

export const matter_journeys = {
  async 'what to bring, and a ticket'({ person }) {
    const phone = await person('phone')
    await phone.go('/')
    await link(phone, '找别的事').click()
    await seen(heading(phone, '你想办什么事？'))
    await inspect(phone, 'finding a matter')
    await picture(phone, 'resident-find-phone-zh')

    await search(phone).fill('离婚')
    await seen(phone.getByRole('status').filter({ hasText: '没有找到这样的事' }))
    await seen(link(phone, '打 12345 问一问'))
    await inspect(phone, 'nothing found')

    await search(phone).fill('zzgx')
    await seen(link(phone, /党员组织关系转出/))
    await inspect(phone, 'matters found')
    await picture(phone, 'resident-found-phone-zh')
    await link(phone, zh.transfer).click()
    await link(phone, /先答几句/).click()

    await seen(heading(phone, '你的组织关系现在在哪里？'))
    await inspect(phone, 'a question of the pre-check')
    await picture(phone, 'resident-question-phone-zh')
    await link(phone, '在外省市').click()
    await link(phone, '在系统里转').click()
    // The way back keeps what was answered before.
    await seen(heading(phone, '你是正式党员，还是预备党员？'))
    await phone.goBack()
    await seen(heading(phone, /在系统里转，还是开纸质的介绍信/))
    await link(phone, '开纸质介绍信').click()
    await link(phone, '正式党员').click()
    await link(phone, '我自己').click()

    await seen(heading(phone, '来一趟就够'))
    const main = await phone.getByRole('main').innerText()
    for (const words of ['党员组织关系介绍信', '身份证', '20 个工作日', '南翔镇社区党群服务中心', '在外省市'])
      expect(main.includes(words), `the outcome does not say ${words}`)
    expect(!main.includes('预备党员的材料'), 'a full member is asked for the papers of a probationary one')
    await inspect(phone, 'the outcome of the pre-check')
    await picture(phone, 'resident-precheck-phone-zh')
    await phone.emulateMedia({ media: 'print' })
    await picture(phone, 'resident-precheck-paper-zh')
    await phone.emulateMedia({ media: 'screen' })
    await link(phone, zh.take).click()
    await button(phone, zh.right).click()
    await phone.waitForURL(/\/t\/[\w-]+$/)
    await seen(phone.getByText(/^[A-Z]\d{3}$/))
    await button(phone, '不办了，取消这个号').click()
    await button(phone, '确定取消').click()
    await seen(phone.getByRole('status').filter({ hasText: '这个号取消了' }))
  },

  async 'no need to come'({ person }) {
    const desk = await person('desk', { language: 'en' })
    await desk.go('/find')
    await link(desk, 'Moving, a new job').click()
    await seen(link(desk, /Transfer your Party membership to this town/))
    await inspect(desk, 'matters of a life event, in English')
    await picture(desk, 'resident-event-desk-en')
    await desk.go('/matters/membership_transfer_in/check?from=in_city&member=full&who=self')
    await seen(heading(desk, 'You need not come'))
    await inspect(desk, 'the outcome for who may stay at home, in English')
    await picture(desk, 'resident-precheck-desk-en')

    const small = await person('small', { theme: 'dark', storage: { 'doorstep.text_size': '3' } })
    await small.go('/find')
    await inspect(small, 'finding at 320 px')
    await small.go('/matters/hardship_help/check?what=illness&registered=never&can_come=easy')
    await seen(heading(small, '来一趟就够'))
    await inspect(small, 'the outcome at 320 px')
    await small.go('/matters/home_visit')
    await seen(small.getByRole('heading', { name: '大家常问' }))
    await small.getByText('要钱吗？').click()
    await inspect(small, 'a matter with its guide at 320 px')
    await picture(small, 'resident-matter-small-zh')
  },

  async 'found by the keyboard alone'({ person }) {
    const desk = await person('desk')
    await desk.go('/find')
    await search(desk).focus()
    await desk.keyboard.type('shangmen')
    await desk.keyboard.press('Enter')
    await seen(link(desk, /请人上门帮办/))
    await press_by_keyboard(desk, '请人上门帮办')
    await seen(heading(desk, '请人上门帮办'))
    await press_by_keyboard(desk, '先答几句')
    await seen(heading(desk, '给谁约？'))
    await press_by_keyboard(desk, '家里人')
    await seen(heading(desk, '急不急？'))
    await press_by_keyboard(desk, '不急')
    await seen(heading(desk, '不用跑这一趟'))
    await inspect(desk, 'reached by the keyboard')
  },
}
