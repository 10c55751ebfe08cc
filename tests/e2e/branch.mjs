// Somebody who moved here finds the branch that is theirs, and its name to the letter.
import { button, expect, inspect, link, picture, says, seen } from './people.mjs'

export const branch_journeys = {
  async 'which branch is mine'({ person }) {
    const phone = await person('phone')
    await phone.go('/')
    await link(phone, says.zh.transfer).click()
    await link(phone, '我属于哪个支部？').click()
    await seen(phone.getByRole('heading', { name: '你住在哪里？' }))
    await inspect(phone, 'asking for an address')
    await button(phone, '查一查').click()
    await seen(phone.getByRole('alert').filter({ hasText: '请写路名和门牌号。' }))

    const address = phone.getByRole('textbox', { name: '你住在哪里？' })
    await address.fill('上海市嘉定区南翔镇示例路1051弄')
    await button(phone, '查一查').click()
    await seen(phone.getByRole('heading', { name: '还差一点，才能确定' }))
    await seen(button(phone, /德园社区居委会.*1–40 号/))
    await inspect(phone, 'communities to choose from')
    await button(phone, '查另一个地址').click()

    await address.fill('示例路１０５１弄 十二号')
    await button(phone, '查一查').click()
    await seen(phone.getByRole('heading', { name: '这里是德园社区居委会' }))
    await seen(phone.getByText('我们读到的是：示例路 1051 弄 12 号'))
    const name = '中共南翔镇德园社区示例第一支部委员会'
    await seen(phone.getByText(name, { exact: true }))
    await seen(phone.getByText('德园社区服务站（示例）'))
    await inspect(phone, 'the branch of an address')
    await picture(phone, 'resident-branch-phone-zh')
    await phone.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(phone, '复制全称').click()
    await seen(phone.getByRole('status').filter({ hasText: '复制好了。' }))
    expect(await phone.evaluate(() => navigator.clipboard.readText()) === name, 'what was copied is not the name')
    expect(!phone.url().includes('1051'), 'the address of the page says where somebody lives')

    await button(phone, '查另一个地址').click()
    await address.fill('没有的路 1 号')
    await button(phone, '查一查').click()
    await seen(phone.getByRole('heading', { name: '这里还查不到' }))
    await inspect(phone, 'an address that is not known')

    const small = await person('small', { language: 'en', theme: 'dark' })
    await small.go('/branch')
    await small.getByRole('textbox', { name: 'Where do you live?' }).fill('示例路 9 号')
    await button(small, 'Look it up').click()
    await seen(small.getByRole('heading', { name: 'This is 古猗园社区居委会' }))
    await inspect(small, 'the branch of an address at 320 px, in English')
  },
}
