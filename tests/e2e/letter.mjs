// A membership comes from another province by a letter on paper: expired yesterday, it is told at once, on the phone and at the
// window, with what helps; with a new letter it goes on.
import { answer, day_from_now } from './apply.mjs'
import { choose, granted, take_to, told } from './asked.mjs'
import { api_as, button, empty_line, expect, inspect, link, personal, picture, says, seen, sign_in, sit_down, stand_up, take_ticket } from './people.mjs'

const zh = says.zh
const heading = (page, name) => page.getByRole('heading', { level: 1, name })
const name = personal('信示例')
const number = personal('00000000095')

/** The number of the newest case of the hall: what was not accepted has none. */
async function newest_number(ask, venue) {
  const { items } = await granted(ask('GET', `/api/desk/cases?venue=${venue}&limit=1`))
  return Number(items[0]?.reference.slice(-6) ?? 0)
}

export const letter_journeys = {
  async 'a letter of another province, expired yesterday: told on the phone, told at the window, and renewed'({ person, base }) {
    const ask = await api_as(base, 'officer1')
    const { halls: [{ venue_id: venue }] } = await (await fetch(`${base}/api/town`)).json()
    const before = await newest_number(ask, venue)

    // At home: what to bring, and then the form, which keeps what was answered already.
    const phone = await person('phone')
    await phone.go('/matters/membership_transfer_in')
    await link(phone, /先答几句/).click()
    for (const choice of ['在外省市', '开纸质介绍信', '正式党员', '我自己']) await link(phone, choice).click()
    await seen(heading(phone, '来一趟就够'))
    await link(phone, '在手机上填，交上来').click()
    await link(phone, '开始填').click()
    await answer(phone, '原来的党支部和基层党委叫什么？', '示例省示例县示例村党支部')
    await answer(phone, '接收支部的全称', '')
    await answer(phone, '党费交到哪年哪月？', '')
    await answer(phone, '介绍信的编号', '示例第 12 号')
    await seen(heading(phone, '介绍信有效到哪一天？'))
    await inspect(phone, 'until when the letter is valid')
    await picture(phone, 'resident-letter-day-phone-zh')
    await answer(phone, '介绍信有效到哪一天？', day_from_now(-1))
    await button(phone, '继续').click() // whether the file was checked may stay open
    await answer(phone, '你叫什么名字？', name)
    await answer(phone, '打哪个电话找你？', number)
    await button(phone, '对，交上去').click()
    await seen(heading(phone, '现在交，还不能收'))
    await seen(phone.getByText('介绍信过期了'))
    await seen(phone.getByText('请原来的党组织重新开一封', { exact: false }))
    await inspect(phone, 'a letter that expired yesterday')
    await picture(phone, 'resident-letter-told-phone-zh')
    expect((await newest_number(ask, venue)) === before, 'a case was opened with a letter that has expired')

    // At the window with the same letter: refused with the same reason and the same help, for the phone to read.
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await sit_down(desk, 1)
    await empty_line(desk)
    const there = await person('phone')
    await take_ticket(there)
    await button(desk, zh.call).click()
    await button(desk, zh.start).click()
    await button(desk, zh.intake).click()
    await desk.getByRole('checkbox', { name: '身份证', exact: true }).check()
    await button(desk, zh.receive).click()
    await seen(desk.getByText(/收下了，受理编号/))
    await link(there, zh.follow).click()
    await link(desk, '打开办件').click()
    await button(desk, '我来办，接手').click()
    await told(desk, '你是承办人')
    await take_to(desk, '核对接收支部的全称')
    await told(desk, '核对接收支部的全称')
    await choose(desk, '下一步', '不转到本镇，已说明理由和该去哪里')
    await choose(desk, '为什么不办', '介绍信过期了')
    await seen(desk.getByText('请原来的党组织重新开一封', { exact: false }))
    await inspect(desk, 'refusing an expired letter')
    await picture(desk, 'console-letter-refused-zh')
    await button(desk, '推进').click()
    await seen(there.getByText('介绍信过期了'))
    await seen(there.getByText('不用从头再来', { exact: false }))
    await inspect(there, 'told at the window, read on the phone')
    await picture(there, 'resident-letter-refused-phone-zh')

    // The new letter: at the window it goes on from where it was, and from the phone it is accepted.
    await button(desk, '重新办理').click()
    await desk.getByLabel('为什么重新办').fill('示例：新的介绍信来了')
    await button(desk, '重新办理').click()
    await told(desk, '重新办理了，回到“核对接收支部的全称”')
    await button(desk, '收下：党员组织关系介绍信').click()
    await told(desk, '收下了：党员组织关系介绍信')
    await inspect(desk, 'a new letter was taken in')
    await picture(desk, 'console-letter-renewed-zh')
    await seen(there.getByRole('status').filter({ hasText: '正在办' }))
    await inspect(there, 'going on with a new letter')
    await picture(there, 'resident-letter-renewed-phone-zh')

    await link(phone, '填错了？改一改').click()
    await link(phone, '改这一题：介绍信有效到哪一天？').click()
    await answer(phone, '介绍信有效到哪一天？', day_from_now(60))
    await button(phone, '对，交上去').click()
    await seen(heading(phone, '交上去了'))
    await inspect(phone, 'sent with a valid letter')
    expect((await newest_number(ask, venue)) === before + 2, 'a valid letter opened no case, or more than one')
    await link(desk, '窗口').first().click()
    await button(desk, zh.finish).click()
    await stand_up(desk)
  },
}
