// What could not be done is taken to the manager with one press, who has it from then on.
import { answer } from './apply.mjs'
import { choose, granted, take_to, told } from './asked.mjs'
import { api_as, button, expect, inspect, link, personal, picture, says, seen, sign_in } from './people.mjs'

const zh = says.zh
const heading = (page, name) => page.getByRole('heading', { level: 1, name })
async function at_case(desk, ask, reference) {
  const { id } = await granted(ask('GET', `/api/desk/case-numbers/${reference}`))
  await desk.go(`/console/cases/${id}`)
  await seen(heading(desk, `办件 ${reference}`))
}

export const complaint_journeys = {
  async 'a complaint that could not be done goes to the manager with one press'({ person, base }) {
    const name = personal('诉示例')
    const said = personal('示例：排到我就说下班了')
    const phone = await person('phone')
    await phone.go('/apply/complaint')
    await link(phone, '开始填').click()
    await answer(phone, '投诉的是谁？', { radio: '中心、站点或者窗口' })
    await answer(phone, '说说是什么情况', said)
    await answer(phone, '什么时候、在哪里？', '')
    await answer(phone, '回话打哪个电话？', '')
    await answer(phone, '你叫什么名字？', name)
    await answer(phone, '打哪个电话找你？', personal('00000000094'))
    await button(phone, '对，交上去').click()
    await seen(heading(phone, '交上去了'))
    const reference = (await phone.getByText(/^NX-\d{4}-\d{6}$/).first().innerText()).trim()
    await link(phone, '看办理进度').click()
    await seen(heading(phone, '你的事办到哪里了'))

    const ask = await api_as(base, 'officer1')
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(button(desk, zh.sit(1)))
    await at_case(desk, ask, reference)
    await button(desk, '我来办，接手').click()
    await told(desk, '你是承办人')
    await take_to(desk, '正在弄清楚')
    await told(desk, '正在弄清楚')
    await choose(desk, '下一步', '做不到，已说明原因')
    await choose(desk, '为什么不办', '法院或者别的部门已经在处理')
    await inspect(desk, 'refusing a complaint, with a reason')
    await button(desk, '推进').click()
    await told(desk, '做不到，已说明原因')
    await seen(desk.getByRole('heading', { name: '没办成，请负责人管' }))
    await inspect(desk, 'a refused case')
    await picture(desk, 'console-case-refused-zh')

    await seen(phone.getByText('法院或者别的部门已经在处理'))
    await inspect(phone, 'a refusal')
    await picture(phone, 'resident-case-refused-phone-zh')
    await button(phone, '转给负责人').click()
    await seen(phone.getByText(/已经转给/))
    await inspect(phone, 'taken to the manager')
    await picture(phone, 'resident-taken-further-phone-zh')
    const small = await person('small', { language: 'en', theme: 'dark' })
    await small.goto(phone.url())
    await button(small, 'Take it to the manager').click()
    await seen(small.getByRole('alert').filter({ hasText: /NX-\d{4}-\d{6}/ }))
    await inspect(small, 'taken there already, at 320 px in English')
    await link(phone, '看办到哪里了').click()
    await seen(phone.getByText('办不成事，跟这里说'))
    const further = (await phone.getByText(/^NX-\d{4}-\d{6}$/).first().innerText()).trim()
    expect(further !== reference, 'it is the same case')

    const manager_ask = await api_as(base, 'manager')
    const manager = await person('desk')
    await sign_in(manager, 'manager')
    await seen(manager.getByRole('button', { name: '退出登录' }))
    await at_case(manager, manager_ask, further)
    await seen(manager.getByText(new RegExp(`${reference}.*没有办成`)))
    await seen(link(manager, reference))
    await inspect(manager, 'what could not be done, as its manager sees it')
    await picture(manager, 'console-further-zh')
    await manager.getByRole('textbox', { name: '为什么要看' }).fill('回电话')
    await button(manager, '查看').click()
    await seen(manager.getByText(name))
  },
}
