// Residents sign in by the city's account, at a real provider of OpenID Connect.
import { api_as, button, expect, inspect, link, picture, seen } from './people.mjs'

const with_city = '用示例市账号登录'
const heading = (page, name) => page.getByRole('heading', { name })

/** The provider's own pages: any name with any password, and the first time a consent. */
async function show_oneself(page, city, name, { agree = true } = {}) {
  await page.waitForURL(`${city.issuer}/interaction/**`)
  await page.getByPlaceholder('Enter any login').fill(name)
  await page.getByPlaceholder('and password').fill('any')
  await button(page, 'Sign-in').click()
  if (agree) await button(page, 'Continue').click()
}
async function at_own_pages(page, base) {
  await page.waitForURL(`${base}/my`)
  await seen(heading(page, '我的信息'))
}
async function say_who(page, name) {
  await link(page, /说说我是谁|再加一个人/).click()
  await page.getByLabel('你叫什么名字？').fill(name)
  await button(page, '继续').click()
  await seen(heading(page, '身份证最后四位是什么？'))
}
const session_of = (page) => page.evaluate(async () => (await fetch('/api/my/session')).json())

export const city_journeys = {
  async 'the city account: in, out and in again'({ person, program, base }) {
    const { city } = program
    const phone = await person('phone')
    await phone.go('/my')
    await seen(button(phone, with_city))
    await inspect(phone, 'two ways in')
    await picture(phone, 'resident-two-ways-in-zh')
    await button(phone, with_city).click()
    await show_oneself(phone, city, 'wang')
    await at_own_pages(phone, base)
    expect(!phone.url().includes('code='), `the code stays in the address: ${phone.url()}`)
    await seen(heading(phone, '还不知道你是谁'))
    await inspect(phone, 'in by the city account')
    expect((await session_of(phone)).account === 'city', 'it is an account of the city')

    // Nothing was taken from the token; they say who they are.
    await say_who(phone, '吴示例')
    await button(phone, '好了').click()
    await seen(heading(phone, /的信息$/))
    const own = phone.url()

    // Another browser, at the same time, is the same account; a third one is another.
    const tablet = await person('desk', { language: 'en' })
    const stranger = await person('small')
    await Promise.all([[tablet, 'Sign in with Sample City account', 'wang'], [stranger, with_city, 'li']].map(async ([page, words, name]) => {
      await page.go('/my')
      await button(page, words).click()
      await show_oneself(page, city, name)
      await page.waitForURL(`${base}/my`)
    }))
    await seen(link(tablet, /^吴/))
    await seen(heading(stranger, '还不知道你是谁'))
    await stranger.goto(own)
    await seen(heading(stranger, '没有找到这个人的信息'))

    // Out, and in again: still signed in there, they are let through.
    await phone.go('/my')
    await button(phone, '退出登录').click()
    await seen(phone.getByRole('status').filter({ hasText: '示例市账号那边多半还登录着' }))
    await inspect(phone, 'signed out, and still signed in there')
    await picture(phone, 'resident-out-city-zh')
    await button(phone, with_city).click()
    await at_own_pages(phone, base)
    await seen(link(phone, /^吴/))
  },

  async 'the city account: back, declined, stolen, silent'({ person, program, base }) {
    const { city } = program
    const phone = await person('phone')
    await phone.go('/my')
    await button(phone, with_city).click()
    await phone.waitForURL(`${city.issuer}/interaction/**`)

    // Back from the provider's page, the page stands as it was and begins anew.
    await phone.goBack()
    await phone.waitForURL(`${base}/my`)
    await seen(button(phone, with_city))
    await button(phone, with_city).click()
    await phone.waitForURL(`${city.issuer}/interaction/**`)

    // Who does not agree there comes back, and is told how else.
    await link(phone, '[ Cancel ]').click()
    await seen(heading(phone, '没有登录'))
    expect(phone.url() === `${base}/my/city`, `what came back stays in the address: ${phone.url()}`)
    await inspect(phone, 'declined at the provider')
    await picture(phone, 'resident-city-declined-zh')
    await seen(link(phone, '用手机验证码登录'))

    // What comes back to this browser is worth nothing in another one.
    const sent_back = city.sent_back_to()
    await button(phone, with_city).click()
    await show_oneself(phone, city, 'zhang')
    const stolen = await sent_back
    const thief = await person('phone')
    await thief.goto(stolen)
    await seen(thief.getByRole('alert').filter({ hasText: '这次登录已经过期' }))
    await inspect(thief, 'a sign-in of another browser')
    expect((await thief.evaluate(async () => (await fetch('/api/my/session')).status)) === 401, 'the thief is signed in')

    // In its own browser it works, once; the button "back" finds them signed in.
    await phone.goto(stolen)
    await at_own_pages(phone, base)
    await phone.goto(stolen)
    await at_own_pages(phone, base)

    // A provider that falls silent meanwhile is said so, with the other way.
    await button(phone, '退出登录').click()
    const on_the_way = city.sent_back_to()
    await button(phone, with_city).click()
    const address = await on_the_way
    await phone.waitForURL(`${city.issuer}/**`)
    city.silence(true)
    try {
      await phone.goto(address)
      await seen(phone.getByRole('alert').filter({ hasText: '现在不能用这个账号登录' }))
      await inspect(phone, 'a provider that is silent')
    } finally {
      city.silence(false)
    }
    await link(phone, '用手机验证码登录').click()
    await seen(heading(phone, '你的手机号是多少？'))
  },

  async 'the city account: what cannot be undone, and an earlier record'({ person, program, base }) {
    const { city } = program
    const officer = await api_as(base, 'officer1')
    const number = '00000000042'
    const made = await officer('POST', '/api/people', { name: '陈示例', phone: number, identity_number: '000000195005050051' })
    expect(made.status === 201, `not recorded: ${made.status}`)
    const { id } = await made.json()

    const phone = await person('phone')
    await phone.go('/my')
    await button(phone, with_city).click()
    await show_oneself(phone, city, 'chen')
    await at_own_pages(phone, base)
    await say_who(phone, '陈示例')
    await phone.getByLabel('身份证最后四位是什么？').fill('0015')
    await button(phone, '好了').click()
    await seen(heading(phone, '登记时留的手机号是多少？'))
    await inspect(phone, 'the phone on the record')
    await phone.getByLabel('登记时留的手机号是多少？').fill(number)
    await button(phone, '把短信发给我').click()
    await phone.getByLabel('短信里的六位数字是什么？').fill(await program.newest_code(number))
    await button(phone, '填好了，继续').click()
    // The four were mistyped: they are put right, and the same message is good.
    await seen(phone.getByRole('alert').filter({ hasText: '没有找到你的登记' }))
    await inspect(phone, 'mistyped last four')
    await picture(phone, 'resident-claim-mistyped-zh')
    await link(phone, /后四位填错了/).click()
    await phone.getByLabel('身份证最后四位是什么？').fill('0051')
    await button(phone, '好了').click()
    await phone.waitForURL(`${base}/my/people/${id}`)

    // A quarter of an hour later taking along asks for the account once more, with the password.
    await phone.route('**/export', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'fresh_code_needed', title: '请再验证', detail: '' }) }))
    await phone.goto(`${base}/my/people/${id}/take`)
    await button(phone, '取出来').click()
    await seen(heading(phone, '再登录一次，确认是你'))
    await inspect(phone, 'once more by the city account')
    await phone.unroute('**/export')
    await button(phone, with_city).click()
    await show_oneself(phone, city, 'chen', { agree: false })
    await phone.waitForURL(`${base}/my/people/${id}/take`)
    const fresh = await session_of(phone)
    expect(Date.parse(fresh.fresh_until) > Date.now() + 14 * 60_000, `fresh until ${fresh.fresh_until}`)
    await button(phone, '取出来').click()
    await seen(button(phone, '打印'))
  },
}
