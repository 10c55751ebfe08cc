// The records of people, as staff keep them: found, recorded, looked at, put right, linked with a phone, erased.
import { api_as, button, expect, gone, inspect, link, personal, picture, says, seen, sign_in, until } from './people.mjs'

const zh = says.zh
// Invented, of a place that does not exist (000000).
const card = personal('00000019610512004X')
const phone_number = personal('00000000027')

async function at_people(person, screen, username, wish = {}) {
  const desk = await person(screen, wish)
  const language = wish.language ?? 'zh'
  await sign_in(desk, username, language)
  await seen(button(desk, says[language].sit(1)))
  await link(desk, language === 'zh' ? '居民' : 'People').first().click()
  await seen(desk.getByRole('heading', { name: language === 'zh' ? '居民' : 'People', exact: true }))
  return desk
}
async function find(desk, words, purpose = '本人来办事') {
  await desk.getByLabel('姓名、手机号、身份证号码，或者号码的后四位').fill(words)
  await desk.getByRole('radio', { name: purpose }).check()
  await button(desk, /^按.*查找$/).click()
}
/** One question of the console is answered from the keyboard: the hands are in its field already. */
async function answer(desk, question, words) {
  await seen(desk.getByRole('heading', { name: question }))
  await until(() => desk.evaluate(() => ['INPUT', 'TEXTAREA'].includes(document.activeElement.tagName)), `the field of "${question}" is not where typing begins`)
  await desk.getByLabel(question).fill('')
  await desk.keyboard.type(words)
  // In several lines Enter is a new line.
  if (await desk.evaluate(() => document.activeElement.tagName === 'TEXTAREA')) await desk.keyboard.press('Tab')
  await desk.keyboard.press('Enter')
}
async function look(desk) {
  await button(desk, '查看全部内容').click()
  await seen(button(desk, '看好了，收起来'))
}

export const records = {
  async 'somebody is recorded, found, put right, linked with a phone, and erased'({ person, program }) {
    const desk = await at_people(person, 'desk', 'officer1')
    await inspect(desk, 'finding somebody')
    await picture(desk, 'console-people-zh')
    await button(desk, '查找').click()
    await seen(desk.getByRole('alert').filter({ hasText: '请填要找的人的姓名' }))
    await seen(desk.getByRole('alert').filter({ hasText: '请选一个原因' }))
    await inspect(desk, 'finding nobody in particular')
    await desk.getByLabel('姓名、手机号、身份证号码，或者号码的后四位').fill('示例')
    await desk.getByRole('radio', { name: '别的原因，自己写' }).check()
    await button(desk, '按姓名查找').click()
    await seen(desk.getByRole('alert').filter({ hasText: '请选一个原因' }))
    await until(async () => (await desk.getByLabel('写明原因').evaluate((each) => each === document.activeElement)), 'the focus is not on the words that are missing')
    await find(desk, card)
    await seen(desk.getByRole('heading', { name: '没有找到' }))
    await inspect(desk, 'nobody found')
    await picture(desk, 'console-people-none-zh')

    // Whose card was read already is not asked for it again.
    await link(desk, '登记一位居民').last().click()
    await answer(desk, '叫什么名字？', personal('张示例'))
    await answer(desk, '手机号是多少？', '12')
    await seen(desk.getByRole('alert').filter({ hasText: '5 到 20 位' }))
    await inspect(desk, 'a phone that is none')
    await answer(desk, '手机号是多少？', phone_number)
    await seen(desk.getByRole('heading', { name: '住在哪里？' }))
    await picture(desk, 'console-people-question-zh')
    await answer(desk, '住在哪里？', '示例路 3 号 202 室')
    await seen(desk.getByRole('heading', { name: '请跟本人核对一遍' }))
    await seen(desk.getByText('1961年5月12日'))
    await inspect(desk, 'checking with the person')
    await picture(desk, 'console-people-check-zh')
    await link(desk, '修改姓名').click()
    await answer(desk, '叫什么名字？', '张小示例')
    await seen(desk.getByText('张小示例'))
    await button(desk, '对，登记').click()
    await seen(desk.getByRole('status').filter({ hasText: '登记好了。' }))
    await seen(desk.getByRole('heading', { name: '张*的登记', exact: true }))
    await inspect(desk, 'a record, masked')
    expect(!/[张小]示例|%|202/.test(desk.url()), `the address tells who it is: ${desk.url()}`)

    // Found by each way there is.
    await link(desk, '← 回到居民').click()
    for (const [words, purpose] of [['小示例', '上门服务前核对'], [phone_number, '联系本人，说办理进度'], ['004x', '本人来办事'], [card, '本人要求核对或更正']]) {
      await find(desk, words, purpose)
      await seen(desk.getByRole('heading', { name: '找到 1 位' }))
      await seen(link(desk, /张\*+.*尾号 004X/))
      expect(!(await desk.getByRole('main').innerText()).includes('张小示例'), 'a list shows the whole name')
    }
    await inspect(desk, 'somebody found')
    await picture(desk, 'console-people-found-zh')
    await link(desk, /张\*+/).click()
    await seen(desk.getByText('每次都会记下是谁、什么时候、为什么。', { exact: false }))
    expect(await desk.getByRole('radio', { name: '本人要求核对或更正' }).isChecked(), 'the purpose is asked for twice')
    await picture(desk, 'console-person-masked-zh')
    await look(desk)
    await seen(desk.getByText('示例路 3 号 202 室'))
    await seen(desk.getByText('000000 19610512 004X'))
    await inspect(desk, 'a record in full')
    await picture(desk, 'console-person-zh')

    // Put right; the way back of the browser leads back to the record.
    await button(desk, '修改住址').click()
    await seen(desk.getByRole('heading', { name: '住在哪里？' }))
    await desk.goBack()
    await button(desk, '修改住址').click()
    await answer(desk, '住在哪里？', '示例路 5 号')
    await seen(desk.getByRole('status').filter({ hasText: '住址改好了。' }))
    await seen(desk.getByText('示例路 5 号'))
    await button(desk, '修改姓名').click()
    await answer(desk, '姓名应该怎么写？', '')
    await seen(desk.getByRole('alert').filter({ hasText: '请填姓名。' }))
    await inspect(desk, 'a name that is missing')
    await answer(desk, '姓名应该怎么写？', '张示例')
    await seen(desk.getByRole('heading', { name: '张*的登记', exact: true }))

    // A phone is linked by the code that it was sent; the phone of the record is offered.
    await link(desk, '关联一部手机').click()
    await seen(desk.getByRole('heading', { name: '要关联哪部手机？' }))
    expect((await desk.getByLabel('要关联哪部手机？').inputValue()) === phone_number, 'the phone on record is asked for again')
    await inspect(desk, 'which phone')
    await button(desk, '发短信').click()
    await seen(desk.getByRole('heading', { name: '短信里的六位数字是什么？' }))
    await inspect(desk, 'which code')
    await picture(desk, 'console-person-code-zh')
    const code = await program.newest_code(phone_number)
    await answer(desk, '短信里的六位数字是什么？', code === '000000' ? '000001' : '000000')
    await seen(desk.getByRole('alert').filter({ hasText: '验证码不对' }))
    await inspect(desk, 'a wrong code at the window')
    await answer(desk, '短信里的六位数字是什么？', `${code.slice(0, 3)} ${code.slice(3)}`)
    await seen(desk.getByRole('status').filter({ hasText: '手机关联好了' }))
    await seen(desk.getByText('示例路 5 号')) // who was looked at is still there

    // The resident sees who looked, and why, in the officer's words.
    const phone = await person('phone')
    await phone.go('/my')
    await phone.getByLabel('你的手机号是多少？').fill(phone_number)
    await button(phone, '把短信发给我').click()
    await seen(phone.getByRole('heading', { name: '短信里的六位数字是什么？' }))
    // The window's code opened its link only. Within a minute of it the phone is sent no other.
    await until(async () => {
      if ((await program.newest_code(phone_number)) !== code) return true
      await phone.waitForTimeout(2_000)
      await button(phone, '没收到，再发一条').click({ timeout: 1_000 }).catch(() => undefined)
      return false
    }, 'no code of its own came to the phone', 90_000)
    await phone.getByLabel('短信里的六位数字是什么？').fill(await program.newest_code(phone_number))
    await button(phone, '填好了，继续').click()
    await link(phone, /张\*/).click()
    await seen(phone.getByRole('listitem').filter({ hasText: '林示例' }).filter({ hasText: '写的原因：本人要求核对或更正' }))
    await button(phone, '再往前看').click()
    await seen(phone.getByRole('listitem').filter({ hasText: '林示例' }).filter({ hasText: '写的原因：上门服务前核对' }))

    // It is lost: no phone sees the record any more.
    await button(desk, '解除所有手机').click()
    await seen(desk.getByText('确定解除吗？', { exact: false }))
    await inspect(desk, 'asking before phones are unlinked')
    await button(desk, '确定解除').click()
    await seen(desk.getByRole('status').filter({ hasText: '解除好了' }))
    await phone.reload()
    await seen(phone.getByRole('heading', { name: '你的手机号是多少？' }))
    await button(desk, '看好了，收起来').click()
    await gone(desk.getByText('示例路 5 号'))
    expect((await desk.getByRole('heading', { name: '删除', exact: true }).count()) === 0, 'an officer is offered to erase somebody')

    // A manager erases, after two questions.
    const manager = await at_people(person, 'desk', 'manager')
    await find(manager, card)
    await link(manager, /张\*+/).click()
    await seen(manager.getByRole('heading', { name: '张*的登记', exact: true })) // until then the address is still that of the search
    await manager.goto(`${manager.url()}/erase`)
    await seen(manager.getByText('要删的是谁，得先看清楚。', { exact: false }))
    await inspect(manager, 'erasing before looking')
    await link(manager, '回到登记').click()
    await manager.getByRole('radio', { name: '本人要求核对或更正' }).check()
    await look(manager)
    await link(manager, '看看会删什么').click()
    await seen(manager.getByRole('heading', { name: '要把张示例的登记删掉吗？' }))
    await seen(manager.getByText('记在编号下面，没有名字，以后还能查清楚。', { exact: false }))
    await button(manager, '继续').click()
    await seen(manager.getByRole('alert').filter({ hasText: '请选一个原因' }))
    await manager.getByRole('radio', { name: '本人到窗口要求删除' }).check()
    await inspect(manager, 'what would be erased')
    await picture(manager, 'console-person-erase-zh')
    await button(manager, '继续').click()
    await seen(manager.getByRole('heading', { name: '确定全部删掉吗？' }))
    await inspect(manager, 'asking before somebody is erased at the window')
    await picture(manager, 'console-person-erase-sure-zh')
    await button(manager, '不删，回去').click()
    await button(manager, '继续').click()
    await button(manager, '确定，全部删掉').click()
    await seen(manager.getByRole('heading', { name: '全部删掉了' }))
    await seen(manager.getByText(/留下 \d+ 条“谁看过”的记录/))
    await inspect(manager, 'somebody erased')
    await picture(manager, 'console-person-erased-zh')
    await link(manager, '回到居民').click()
    await find(manager, card)
    await seen(manager.getByRole('heading', { name: '没有找到' }))
    // Whoever has the record open still is told.
    await button(desk, '查看全部内容').click()
    await seen(desk.getByRole('heading', { name: '这份登记已经删除' }))
    await inspect(desk, 'a record that was erased meanwhile')
  },

  async 'a record that is there already, and one that two officers put right'({ person, base }) {
    const api = await api_as(base, 'officer2')
    const number = personal('000000195203080032')
    const there = await (await api('POST', '/api/people', { name: '李示例', identity_number: number, address: '示例路 7 号' })).json()
    const desk = await at_people(person, 'desk', 'officer1')
    await link(desk, '登记一位居民').first().click()
    await answer(desk, '身份证号码是多少？', '000000195203080033')
    await seen(desk.getByRole('alert').filter({ hasText: '末位也要对得上' }))
    await inspect(desk, 'an identity number that is none')
    await answer(desk, '身份证号码是多少？', number)
    await seen(desk.getByRole('heading', { name: '已经登记过了' }))
    await inspect(desk, 'somebody on record already')
    await picture(desk, 'console-people-known-zh')
    await button(desk, '是号码填错了').click()
    await answer(desk, '身份证号码是多少？', number)
    await link(desk, /李\*+/).click()
    await desk.waitForURL(`${base}/console/people/${there.id}`)

    await desk.getByRole('radio', { name: '上门服务前核对' }).check()
    await look(desk)
    await button(desk, '修改住址').click()
    await api('POST', `/api/people/${there.id}/look`, { purpose: '电话核对' })
    const other = await api('PATCH', `/api/people/${there.id}`, { address: '示例路 8 号' }, { 'If-Match': '"1"' })
    expect(other.ok, `the other officer was refused: ${other.status}`)
    await answer(desk, '住在哪里？', '示例路 9 号')
    await seen(desk.getByRole('alert').filter({ hasText: '内容刚被别人改过' }))
    await seen(desk.getByText('你填的还在，没有丢。', { exact: false }))
    await inspect(desk, 'a record that somebody else put right')
    await picture(desk, 'console-person-conflict-zh')
    await button(desk, '看最新的内容').click()
    await seen(desk.getByRole('status').filter({ hasText: '现在登记的是：示例路 8 号' }))
    expect((await desk.getByLabel('住在哪里？').inputValue()) === '示例路 9 号', 'what was typed is lost')
    await button(desk, '保存').click()
    await seen(desk.getByRole('status').filter({ hasText: '住址改好了。' }))
    await seen(desk.getByText('示例路 9 号'))

    // The number of somebody else leads to whose it is.
    const second = await (await api('POST', '/api/people', { name: '李再示例' })).json()
    await desk.go(`/console/people/${second.id}`)
    await desk.getByRole('radio', { name: '本人要求核对或更正' }).check()
    await look(desk)
    await button(desk, '修改身份证号码').click()
    await answer(desk, '身份证号码是多少？', number)
    await seen(desk.getByRole('heading', { name: '已经登记过了' }))
    await link(desk, /李\*+/).click()
    await desk.waitForURL(`${base}/console/people/${there.id}`)
    expect((await desk.getByText('示例路 9 号').count()) === 0, 'the record of somebody else is shown without a look')
  },

  async 'people on a narrow screen, in English, and for those whose post it is not'({ person, base }) {
    const api = await api_as(base, 'officer2')
    const there = await (await api('POST', '/api/people', { name: '赵示例', identity_number: personal('000000197001010051'), phone: personal('00000000035'), address: personal('示例路 11 号') })).json()
    for (const [screen, language, theme] of [['phone', 'zh', 'light'], ['phone', 'en', 'light'], ['desk', 'en', 'light'], ['small', 'en', 'dark'], ['small', 'zh', 'light']]) {
      const words = language === 'zh'
        ? { find: '按后四位查找', what: '姓名、手机号、身份证号码，或者号码的后四位', why: '本人来办事', show: '查看全部内容', hide: '看好了，收起来', phone: '关联一部手机', erase: '看看会删什么', change: '修改住址', fresh: '登记一位居民', back: '← 回到登记', next: '继续' }
        : { find: 'Find by the last four', what: 'Name, phone, identity number, or the last four of a number', why: 'The person is here for a service', show: 'Show all of it', hide: 'Done, hide it again', phone: 'Link a phone', erase: 'See what would be erased', change: 'Change: Address', fresh: 'Record somebody', back: '← Back to the record', next: 'Go on' }
      const name = `${screen}-${language}`
      const desk = await at_people(person, screen, 'manager', { language, theme })
      await link(desk, words.fresh).first().click()
      await button(desk, words.next).click()
      await inspect(desk, `recording somebody, ${name}`)
      await picture(desk, `console-people-question-${name}`)
      await desk.goBack()
      await desk.goBack()
      await desk.getByLabel(words.what).fill('0051')
      await desk.getByRole('radio', { name: words.why }).check()
      await button(desk, words.find).click()
      await seen(link(desk, /赵\*+/))
      await inspect(desk, `finding somebody, ${name}`)
      await picture(desk, `console-people-found-${name}`)
      await link(desk, /赵\*+/).click()
      await seen(button(desk, words.show))
      await picture(desk, `console-person-masked-${name}`)
      await button(desk, words.show).click()
      await seen(button(desk, words.hide))
      await inspect(desk, `a record, ${name}`)
      await picture(desk, `console-person-${name}`)
      await button(desk, words.change).click()
      await inspect(desk, `putting something right, ${name}`)
      await picture(desk, `console-person-change-${name}`)
      await desk.goBack()
      await link(desk, words.phone).click()
      await inspect(desk, `linking a phone, ${name}`)
      await picture(desk, `console-person-phone-${name}`)
      await link(desk, words.back).click()
      await link(desk, words.erase).click()
      await inspect(desk, `erasing somebody, ${name}`)
      await picture(desk, `console-person-erase-${name}`)
      // What was looked at is gone with the record that was left.
      await desk.goBack()
      await link(desk, language === 'zh' ? '← 回到居民' : '← Back to people').click()
      await link(desk, /赵\*+/).click()
      await seen(button(desk, words.show))
      expect(desk.url() === `${base}/console/people/${there.id}`, `the record is at ${desk.url()}`)
    }

    // A branch secretary serves nobody at a venue: no way there, and a word when they come by an address.
    const admin = await api_as(base, 'admin')
    const made = await (await admin('POST', '/api/staff', { username: 'secretary', name: '书示例', post: { zh: '支部书记', en: 'Branch secretary' }, password: 'doorstep-demo' })).json()
    const { items: [root] } = await (await admin('GET', '/api/organisations')).json()
    const given = await admin('POST', '/api/grants', { staff: made.id, role: 'branch_secretary', organisation: root.id, until: null })
    expect(given.ok, `the role was not given: ${given.status}`)
    const secretary = await person('desk')
    await sign_in(secretary, 'secretary')
    await seen(link(secretary, '组织'))
    expect((await link(secretary, '居民').count()) === 0, 'a branch secretary is led to people')
    await secretary.go('/console/people')
    await seen(secretary.getByRole('heading', { name: '这几页给导办、窗口人员和中心主任用' }))
    await inspect(secretary, 'people, for whose post it is not')
    await admin('POST', `/api/staff/${made.id}/end`)
  },
}
