// A case goes through the member system by files: handed over, no word, handed over again, returned, put right, registered, settled.
// What that system does is played by tests/systems/simulator.mjs; nothing of either is connected.
import { readFile } from 'node:fs/promises'
import { granted, name_receivers, told } from './asked.mjs'
import { api_as, button, expect, go_by_menu, inspect, link, menu_of, personal, picture, seen, sign_in, until } from './people.mjs'
import { answers_of, columns_of, settled_by } from '../systems/simulator.mjs'

const name = personal('系统示例')
const phone_number = personal('00000000093')
const matter = 'membership_transfer_in'

/** Asked for at a window, with who asks. */
async function a_transfer(base) {
  const ask = await api_as(base, 'officer1')
  const { venue } = await granted(ask('GET', '/api/session'))
  const inquiry = await granted(ask('POST', '/api/desk/inquiries', { venue, matter, question: '示例：转进来', answer: '示例：可以' }))
  const opened = await granted(ask('POST', `/api/desk/inquiries/${inquiry.id}/case`, { matter, materials_received: [], applicant: { name, phone: phone_number } }))
  return { ask, opened }
}

const of_system = (page) => page.getByRole('region', { name: '党员系统', exact: true })
/** The file of all that waits, as it was saved. */
async function hand_over(manager, lines) {
  await manager.reload()
  await button(of_system(manager), /^生成一份给党员系统的表/).click()
  await told(manager, `生成了，里面有 ${lines} 件`)
  await manager.getByRole('button', { name: /^取表：党员系统/ }).first().click()
  const [saved] = await Promise.all([manager.waitForEvent('download'), manager.getByRole('button', { name: '取表', exact: true }).click()])
  await told(manager, '表存好了')
  expect(/^党员系统 .*\.csv$/.test(saved.suggestedFilename()), `the file is called ${saved.suggestedFilename()}`)
  return readFile(await saved.path(), 'utf8')
}
/** What it answers comes in as a sheet, through all the steps of one. */
async function take_in(manager, csv, rows = 1) {
  await manager.go('/console/imports/systems')
  await link(of_system(manager), /^导入党员系统的回音/).click()
  await seen(manager.getByRole('heading', { name: /^“党员系统的回音”/ }))
  await manager.locator('input[type=file]').setInputFiles({ name: '回音.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await seen(manager.getByRole('heading', { name: '每一项在表格的哪一列？' }))
  await inspect(manager, 'answers of another system, their columns')
  await picture(manager, 'console-systems-columns-zh')
  await button(manager, '对好了，继续').click()
  await seen(manager.getByRole('heading', { name: '导入以前，看一看' }))
  await picture(manager, 'console-systems-look-zh')
  await button(manager, /^开始导入/).click()
  await seen(manager.getByRole('heading', { name: `导入了 ${rows} 行`, level: 1 }))
}
const panel = (desk) => desk.getByRole('region', { name: '在党员系统里', exact: true })

export const system_journeys = {
  async 'a case goes through the files of the member system'({ person, base }) {
    const { ask, opened } = await a_transfer(base)
    const { id, reference, token } = opened
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(link(menu_of(desk), '办件'))
    await desk.go(`/console/cases/${id}`)
    await seen(panel(desk).getByText('还没有交给对方'))
    await button(panel(desk), '排上去交').click()
    await told(desk, '排上了，下一份表里有它')
    await seen(panel(desk).getByText('排着，等下一份表'))
    await inspect(desk, 'a case waits for the next file')
    await picture(desk, 'console-systems-waits-zh')

    const manager = await person('desk')
    await sign_in(manager, 'manager')
    await seen(link(menu_of(manager), '办件'))
    await go_by_menu(manager, '导入表格')
    await link(manager, '交接').click()
    await seen(of_system(manager))
    await inspect(manager, 'what waits for the other systems')
    await picture(manager, 'console-systems-zh')
    const first = await hand_over(manager, 1)
    const [row] = columns_of(first).data
    expect(row['外部编号'] === reference && row['姓名'] === name && row['第几次交'] === '1', `the file says ${JSON.stringify(row)}`)
    await inspect(manager, 'a file was fetched')
    await picture(manager, 'console-systems-fetched-zh')

    // No word comes the first time.
    expect(columns_of(answers_of('member_system', first, () => true)).data.length === 0, 'a silent system answers')
    const phone = await person('phone')
    await phone.go(`/c/${token}`)
    await seen(phone.getByText('已经交给对方，等回音').first())
    await inspect(phone, 'a case that was given to another system')
    await picture(phone, 'resident-systems-sent-phone-zh')
    await seen(panel(desk).getByText('第 1 次交出，等回音'))
    await button(panel(desk), '再交一次').click()
    await told(desk, '排上了')

    // The second time it is returned: nobody has said which branch takes them.
    const second = await hand_over(manager, 1)
    await take_in(manager, answers_of('member_system', second))
    await seen(panel(desk).getByText('对方退回'))
    await seen(panel(desk).getByText('没有写明接收的党组织'))
    await inspect(desk, 'a case that another system returned')
    await picture(desk, 'console-systems-returned-zh')
    await name_receivers(base, ask, id)
    await desk.reload()
    await button(panel(desk), '再交一次').click()
    await told(desk, '排上了')

    // The third time it is registered, and settled later.
    await manager.go('/console/imports/systems')
    await seen(of_system(manager))
    const third = await hand_over(manager, 1)
    const registered = answers_of('member_system', third)
    await take_in(manager, registered)
    await seen(panel(desk).getByText('对方已登记'))
    await seen(panel(desk).getByText(columns_of(registered).data[0]['业务流水号']))
    await seen(panel(desk).getByText('交过 3 次'))
    await button(panel(desk), '记看到的情况').click()
    await button(panel(desk), '记下').click()
    await seen(panel(desk).getByText('请写下看到的情况'))
    await panel(desk).getByLabel('对方系统里现在怎么写？').fill('示例：支部审核中')
    await inspect(desk, 'what another system says is noted')
    await button(panel(desk), '记下').click()
    await told(desk, '情况记下了')
    await take_in(manager, settled_by('member_system', registered, '示例：已接收'))
    await seen(panel(desk).getByText('对方已办好'))
    await inspect(desk, 'a case that is settled in another system')
    await picture(desk, 'console-systems-settled-zh')
    await seen(phone.getByText('对方已办好').first())
    const main = await phone.getByRole('main').innerText()
    expect(!main.includes(columns_of(registered).data[0]['业务流水号']), 'the slip shows the number in the other system')
    await picture(phone, 'resident-systems-settled-phone-zh')

    for (const [screen, language, theme] of [['small', 'zh', 'dark'], ['phone', 'en', 'light']]) {
      const small = await person(screen, { language, theme })
      await sign_in(small, 'manager', language)
      await until(async () => !small.url().endsWith('/sign-in'), 'nobody is signed in')
      await small.go('/console/imports/systems')
      await seen(small.getByRole('heading', { level: 1, name: language === 'zh' ? '和其他系统交接' : 'With the other systems' }))
      await seen(small.getByRole('heading', { level: 2 }).nth(4))
      await inspect(small, `other systems, ${screen} ${language} ${theme}`)
      await picture(small, `console-systems-${screen}-${language}-${theme}`)
      await small.go(`/console/cases/${id}`)
      await seen(small.getByRole('heading', { level: 2, name: language === 'zh' ? '在党员系统里' : /Party member system/ }))
      await inspect(small, `a case in another system, ${screen} ${language} ${theme}`)
    }
  },
}
