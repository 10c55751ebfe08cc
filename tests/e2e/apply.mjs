// Something is asked for from a phone, question by question, and an officer sees what was answered.
import { button, expect, expect_large_targets, go_by_menu, gone, inspect, link, personal, picture, seen, sign_in, until } from './people.mjs'

const heading = (page, name) => page.getByRole('heading', { level: 1, name })
const alert = (page, words) => seen(page.getByRole('alert').filter({ hasText: words }))
const drafts = (page) => page.evaluate(() => localStorage.getItem('doorstep.drafts'))
const words_of = {
  zh: { begin: '开始填', next: '继续', send: '对，交上去', check: '看一看，对不对', sent: '交上去了', name: '你叫什么名字？', phone: '打哪个电话找你？', parts: ['年', '月', '日'] },
  en: { begin: 'Begin', next: 'Go on', send: 'Yes, send it', check: 'Please check your answers', sent: 'It has been sent', name: 'What is your name?', phone: 'On which number can we reach you?', parts: ['Year', 'Month', 'Day'] },
}

/** Fills in the question of the page and goes on to the next one. */
export async function answer(page, question, given, language = 'zh') {
  const words = words_of[language]
  await seen(heading(page, question))
  if (Array.isArray(given)) for (const [index, part] of given.entries()) await page.getByRole('textbox', { name: words.parts[index] }).fill(part)
  else if (given.radio) await page.getByRole('radio', { name: given.radio, exact: true }).check()
  else await page.getByRole('textbox', { name: question }).fill(given)
  await button(page, words.next).click()
}
/** Three parts of a day so many days from now. */
export function day_from_now(days) {
  const [year, month, day] = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-')
  return [year, String(Number(month)), String(Number(day))]
}

export const apply_journeys = {
  async 'a form on a phone, left in the middle, is sent and seen by a look'({ person, base }) {
    const name = personal('凭示例')
    const number = personal('00000000091')
    const wish = personal('想把示例的事办成，别的不要紧')
    let phone = await person('phone')
    await phone.go('/matters/letter_sample')
    await link(phone, '在手机上填，交上来').click()
    await seen(heading(phone, '示例：凭信办理'))
    await inspect(phone, 'before the first question')
    await picture(phone, 'resident-apply-start-zh')
    await link(phone, '开始填').click()
    await seen(heading(phone, '你从哪里来？'))
    await seen(phone.getByText('第 1 题，共 6 题'))
    await until(() => phone.evaluate(() => document.activeElement.tagName === 'H1'), 'the focus is not on the question')
    await button(phone, '继续').click()
    await alert(phone, '请选一个')
    await inspect(phone, 'a question without an answer')
    await picture(phone, 'resident-apply-choice-zh')
    await answer(phone, '你从哪里来？', { radio: '外省市' })
    await seen(phone.getByText('第 2 题，共 8 题'))
    await inspect(phone, 'asking for a day')
    await answer(phone, '信上写的有效期到哪天？', ['2026', '2', '30'])
    await alert(phone, '请把年、月、日都填对')
    await inspect(phone, 'a day that is none')
    await picture(phone, 'resident-apply-day-zh')
    await answer(phone, '信上写的有效期到哪天？', day_from_now(20))
    await answer(phone, '信有几页？', '')
    await answer(phone, '现在住在哪里？', '示例路 9 号')
    await phone.getByRole('textbox', { name: '想办成什么？' }).fill(wish)
    await inspect(phone, 'asking for something long')
    await picture(phone, 'resident-apply-long-zh')

    // The tab is closed in the middle of a question. Another day, all of it is there.
    const context = phone.context()
    await phone.close()
    phone = await context.newPage()
    await phone.goto(`${base}/matters/letter_sample`)
    await link(phone, '在手机上填，交上来').click()
    await seen(phone.getByText('填过的只存在这部手机上', { exact: false }))
    await inspect(phone, 'a draft')
    await picture(phone, 'resident-apply-draft-zh')
    await link(phone, '接着填').click()
    await seen(heading(phone, '想办成什么？'))
    expect((await phone.getByRole('textbox', { name: '想办成什么？' }).inputValue()) === wish, 'the answer that was being written is gone')
    await link(phone, '← 上一步').click()
    expect((await phone.getByRole('textbox', { name: '现在住在哪里？' }).inputValue()) === '示例路 9 号', 'an answer is gone')
    await phone.goBack()
    await button(phone, '继续').click()
    await answer(phone, '可以打电话问你吗？', { radio: '不是' })
    await answer(phone, '你叫什么名字？', name)
    await seen(heading(phone, '打哪个电话找你？'))
    await inspect(phone, 'asking for the phone to call')
    await answer(phone, '打哪个电话找你？', number)
    await seen(heading(phone, '看一看，对不对'))
    const kept = await drafts(phone)
    expect(!kept.includes(name) && !kept.includes(number), 'the browser keeps who is asking')
    await link(phone, '改这一题：可以打电话问你吗？').click()
    await answer(phone, '可以打电话问你吗？', { radio: '是' })
    await seen(heading(phone, '看一看，对不对'))
    await inspect(phone, 'checking the answers')
    await picture(phone, 'resident-apply-check-zh')

    // The network drops at the press: nothing is lost, and the next press sends it once.
    await context.setOffline(true)
    await button(phone, '对，交上去').click()
    await alert(phone, '填的都还在')
    await inspect(phone, 'sending without a network')
    await picture(phone, 'resident-apply-offline-zh')
    await context.setOffline(false)
    await button(phone, '对，交上去').click()
    await seen(heading(phone, '交上去了'))
    const reference = (await phone.getByText(/^NX-\d{4}-\d{6}$/).first().innerText()).trim()
    await inspect(phone, 'sent')
    await picture(phone, 'resident-apply-sent-zh')
    expect((await drafts(phone)) === null, 'the draft outlives what was sent')
    await link(phone, '看办理进度').click()
    await seen(heading(phone, '你的事办到哪里了'))
    await seen(phone.getByText(reference))
    expect(!(await phone.getByRole('main').innerText()).includes(name), 'the progress shows who asked')

    // What was asked for stands in a list of this phone.
    await phone.goto(`${base}/`)
    await link(phone, /^我要办的事/).click()
    await seen(phone.getByText(reference))
    await seen(phone.getByText('收下了，正在安排人办'))
    await inspect(phone, 'what was asked for')
    await picture(phone, 'resident-cases-zh')

    // The officer sees it by a look, with a reason.
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await go_by_menu(desk, '办件')
    await link(desk, '这个大厅全部的').click()
    await link(desk, reference).click()
    await seen(desk.getByRole('heading', { name: '填的表' }))
    expect(!(await desk.getByRole('main').innerText()).includes(wish), 'the answers stand there before anybody asked for them')
    await button(desk, '看填的内容').click()
    await seen(desk.getByText('请写明为什么要看'))
    await desk.getByRole('textbox', { name: '为什么要看填的内容' }).fill('核对有效期')
    await inspect(desk, 'a case with answers, before the look')
    await button(desk, '看填的内容').click()
    await seen(desk.getByText(wish))
    await seen(desk.getByText('外省市'))
    await inspect(desk, 'a case with its answers')
    await picture(desk, 'console-answers-zh')
    await button(desk, '看好了，收起填的内容').click()
    await gone(desk.getByText(wish))

    await button(phone, `从这部手机上去掉 ${reference}`).click()
    await inspect(phone, 'before it is removed from the phone')
    await button(phone, '确定去掉').click()
    await seen(phone.getByRole('status').filter({ hasText: `${reference} 去掉了` }))
    await seen(phone.getByText('还没有从这部手机交过什么'))
    await inspect(phone, 'nothing was asked for')
  },

  async 'a letter whose day has passed is told at once'({ person }) {
    const phone = await person('phone')
    await phone.go('/apply/letter_sample')
    await link(phone, '开始填').click()
    await answer(phone, '你从哪里来？', { radio: '外省市' })
    await answer(phone, '信上写的有效期到哪天？', day_from_now(-2))
    await answer(phone, '信有几页？', '２')
    await answer(phone, '现在住在哪里？', '示例路 9 号')
    await answer(phone, '想办成什么？', '示例')
    await answer(phone, '可以打电话问你吗？', { radio: '是' })
    await answer(phone, '你叫什么名字？', personal('过示例'))
    await answer(phone, '打哪个电话找你？', personal('00000000092'))
    await button(phone, '对，交上去').click()
    await seen(heading(phone, '现在交，还不能收'))
    await seen(phone.getByText('信已经过了有效期。'))
    await seen(phone.getByText('请原来的组织重新开一封', { exact: false }))
    await inspect(phone, 'told at once')
    await picture(phone, 'resident-apply-told-zh')
    await link(phone, '填错了？改一改').click()
    await link(phone, '改这一题：信上写的有效期到哪天？').click()
    await answer(phone, '信上写的有效期到哪天？', day_from_now(2))
    await button(phone, '对，交上去').click()
    await seen(heading(phone, '交上去了'))
  },

  async 'a form at 320 px with the largest letters, and on a desktop, in both languages'({ person }) {
    for (const [screen, language, theme, size] of [['small', 'zh', 'light', '3'], ['small', 'en', 'light', '3'], ['desk', 'en', 'light', '1']]) {
      const words = words_of[language]
      const en = language === 'en'
      const name = `${screen}-${language}`
      const phone = await person(screen, { language, theme, storage: { 'doorstep.text_size': size } })
      const look = async (what) => {
        await inspect(phone, `${what}, ${name}`)
        await expect_large_targets(phone, `${what}, ${name}`)
        await picture(phone, `resident-apply-${what.replaceAll(' ', '-')}-${name}`)
      }
      await phone.go('/apply/letter_sample')
      await seen(link(phone, words.begin))
      await look('start')
      await link(phone, words.begin).click()
      await seen(phone.getByRole('radio').first())
      await look('choice')
      await answer(phone, en ? 'Where do you come from?' : '你从哪里来？', { radio: en ? 'Elsewhere' : '外省市' }, language)
      await seen(phone.getByRole('textbox', { name: words.parts[0] }))
      await look('day')
      await answer(phone, en ? 'Until which day is the letter valid?' : '信上写的有效期到哪天？', day_from_now(-2), language)
      await answer(phone, en ? 'How many pages has the letter?' : '信有几页？', '', language)
      await answer(phone, en ? 'Where do you live now?' : '现在住在哪里？', '9 Sample Road', language)
      await answer(phone, en ? 'What would you like to get done?' : '想办成什么？', 'A sample', language)
      await answer(phone, en ? 'May we call you?' : '可以打电话问你吗？', { radio: en ? 'Yes' : '是' }, language)
      await answer(phone, words.name, 'Sample', language)
      await answer(phone, words.phone, '00000000093', language)
      await seen(heading(phone, words.check))
      await look('check')
      await button(phone, words.send).click()
      await seen(heading(phone, en ? 'It cannot be accepted yet' : '现在交，还不能收'))
      await look('told')
      await link(phone, en ? 'Something mistyped? Change it' : '填错了？改一改').click()
      await link(phone, en ? 'Change this answer: Until which day is the letter valid?' : '改这一题：信上写的有效期到哪天？').click()
      await answer(phone, en ? 'Until which day is the letter valid?' : '信上写的有效期到哪天？', day_from_now(30), language)
      await button(phone, words.send).click()
      await seen(heading(phone, words.sent))
      await look('sent')
      await phone.go('/cases')
      await seen(phone.getByText(/^NX-\d{4}-\d{6}$/))
      await look('list')
    }
  },

  async 'a form by keyboard alone, whatever it asks'({ person, base }) {
    const { form, questions } = await (await fetch(`${base}/api/matters/suggestion`)).json()
    const all = [...questions.map((each) => ({ ...each, kind: 'choice' })), ...form]
    expect(form.length > 0, 'what could not be done has no form')
    const reader = await person('desk')
    const focused = () => reader.evaluate(() => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim())
    async function walk_to(name) {
      for (let count = 0; count < 40; count += 1) {
        if ((await focused()) === name) return
        await reader.keyboard.press('Tab')
      }
      throw new Error(`the keyboard does not reach ${name}`)
    }
    const press = async (name) => {
      await walk_to(name)
      await reader.keyboard.press('Enter')
    }
    await reader.go('/matters/suggestion')
    await seen(link(reader, '在手机上填，交上来'))
    await press('在手机上填，交上来')
    await seen(link(reader, '开始填'))
    await press('开始填')
    for (let count = 0; count < 30 && !(await heading(reader, '看一看，对不对').isVisible()); count += 1) {
      const said = (await reader.getByRole('heading', { level: 1 }).innerText()).trim()
      await until(() => reader.evaluate(() => document.activeElement.tagName === 'H1'), `the focus is not on ${said}`)
      const kind = said === words_of.zh.name ? 'text' : said === words_of.zh.phone ? 'phone' : all.find((each) => each.ask.zh === said).kind
      await reader.keyboard.press('Tab')
      if (kind === 'choice' || kind === 'yes_no') await reader.keyboard.press('Space')
      else if (kind === 'day') for (const part of ['2099', '1', '31']) { await reader.keyboard.type(part); await reader.keyboard.press('Tab') }
      else await reader.keyboard.type(kind === 'number' ? '12' : kind === 'phone' ? '00000000094' : '示例')
      await press('继续')
      await until(async () => (await reader.getByRole('heading', { level: 1 }).innerText()).trim() !== said, `the page stays at ${said}`)
    }
    await press('对，交上去')
    await seen(heading(reader, '交上去了'))
    await press('看办理进度')
    await seen(heading(reader, '你的事办到哪里了'))
  },
}
