// Staff sign in with a second step, and by passkey: an authenticator app of node's crypto, and Chromium's virtual authenticator.
import { createHmac } from 'node:crypto'
import { api_as, button, expect, go_by_menu, gone, inspect, link, picture, screens, seen, sign_in, until } from './people.mjs'

/** What the app shows (RFC 6238), some steps of 30 seconds from now. */
function app_code(secret, steps = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replaceAll(' ', '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const hash = createHmac('sha1', key).update(counter).digest()
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

const password = 'one-two-three-four'
/** A colleague of this journey alone, so that nobody else has to give a code. */
async function colleague(base, username, name) {
  const admin = await api_as(base, 'admin')
  const made = await admin('POST', '/api/staff', { username, name, post: { zh: '窗口', en: 'Window' }, password })
  expect(made.status === 201, `${username} was not made: ${made.status}`)
}

const told = (page, words) => seen(page.getByRole('status').filter({ hasText: words }))
const section = (page, name) => page.getByRole('region', { name })

/** From the account page to a step that is on; the secret and the recovery codes. */
async function switch_on(page) {
  const step = section(page, '登录的第二步')
  await button(step, '打开第二步').click()
  await step.getByLabel('请再填一次密码').fill(password)
  await inspect(page, 'the password once more')
  await button(step, '继续').click()
  await seen(step.getByRole('img', { name: '登录第二步的二维码' }))
  const secret = (await step.locator('code').innerText()).trim()
  expect(/^([A-Z2-7]{4} ?){8}$/.test(secret), `the secret reads ${secret}`)
  await inspect(page, 'the secret')
  await picture(page, `console-second-step-secret-${page.viewportSize().width}`)
  await step.getByLabel('应用上的六位数字').fill('000000')
  await button(step, '填好了，打开').click()
  await seen(step.getByRole('alert').filter({ hasText: '数字不对' }))
  await step.getByLabel('应用上的六位数字').fill(app_code(secret))
  await button(step, '填好了，打开').click()
  await seen(step.getByRole('heading', { name: '这十个备用码，请现在记下来' }))
  const codes = await step.locator('li code').allInnerTexts()
  expect(codes.length === 10, `${codes.length} recovery codes`)
  await inspect(page, 'the recovery codes')
  await picture(page, `console-recovery-codes-${page.viewportSize().width}`)
  await button(step, '我记好了').click()
  await seen(step.getByText('备用码还剩 10 个。'))
  return { secret, codes }
}

async function virtual_authenticator(page) {
  const line = await page.context().newCDPSession(page)
  await line.send('WebAuthn.enable')
  const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  return { line, authenticatorId }
}

async function add_passkey(page, name) {
  const keys = section(page, '通行密钥')
  await button(keys, '添加通行密钥').click()
  await keys.getByLabel('给它起个名字').fill(name)
  await keys.getByLabel('请再填一次密码').fill(password)
  await button(keys, /^添加$/).click()
  return keys
}

export const second_step_journeys = {
  async 'a second step of signing in'({ person, base }) {
    await colleague(base, 'mei', '梅示例')
    const desk = await person('desk')
    await sign_in(desk, 'mei', 'zh', password)
    await link(desk, /我的账号/).click()
    const { secret, codes } = await switch_on(desk)
    await inspect(desk, 'an account with a second step')
    await picture(desk, 'console-account-second-step-1280')

    // At the phone, the password alone is not enough.
    const phone = await person('phone')
    await sign_in(phone, 'mei', 'zh', password)
    const code = phone.getByLabel('第二步：手机上的六位数字')
    await seen(code)
    await until(() => code.evaluate((input) => input === document.activeElement), 'the focus is not on the code')
    await inspect(phone, 'asking for the code')
    await picture(phone, 'console-code-390-zh')
    await button(phone, '登录').click()
    await seen(phone.getByText('请填六位数字或备用码'))
    await code.fill('000000')
    await phone.keyboard.press('Enter')
    await seen(phone.getByRole('alert').filter({ hasText: '数字不对' }))
    await code.fill(app_code(secret, 1))
    await phone.keyboard.press('Enter')
    await link(phone, /我的账号/).click()
    await seen(section(phone, '登录的第二步').getByText('打开了'))
    await inspect(phone, 'the account on a phone')
    await picture(phone, 'console-account-second-step-390')

    // A recovery code lets in once; with another the step is switched off.
    const elsewhere = await person('desk')
    await sign_in(elsewhere, 'mei', 'zh', password)
    await elsewhere.getByLabel('第二步：手机上的六位数字').fill(codes[0])
    await button(elsewhere, '登录').click()
    await link(elsewhere, /我的账号/).click()
    const step = section(elsewhere, '登录的第二步')
    await seen(step.getByText('备用码还剩 9 个。'))
    await button(step, '关掉第二步').click()
    await step.getByLabel('请再填一次密码').fill(password)
    await step.getByLabel('六位数字或备用码').fill(codes[0])
    await button(step, '关掉').click()
    await seen(step.getByRole('alert').filter({ hasText: '数字不对' }))
    await inspect(elsewhere, 'switching the step off')
    await step.getByLabel('请再填一次密码').fill(password)
    await step.getByLabel('六位数字或备用码').fill(codes[1].toUpperCase().replaceAll('-', ' '))
    await button(step, '关掉').click()
    await told(elsewhere, '第二步关掉了')
    await seen(button(step, '打开第二步'))
  },

  async 'a lost phone'({ person, base }) {
    await colleague(base, 'lan', '兰示例')
    const theirs = await person('small')
    await sign_in(theirs, 'lan', 'zh', password)
    await link(theirs, /我的账号/).click()
    await switch_on(theirs)

    const admin = await person('desk')
    await sign_in(admin, 'admin')
    await go_by_menu(admin, '人员')
    await button(admin, '兰示例 的手机丢了').click()
    const asked = admin.getByRole('group', { name: '兰示例 的手机丢了' })
    await seen(asked)
    await inspect(admin, 'asking before a second step is taken away')
    await picture(admin, 'console-lost-phone-1280')
    await button(asked, '关掉第二步，停用通行密钥').click()
    await told(admin, '兰示例 的第二步关掉了')

    const again = await person('desk')
    await sign_in(again, 'lan', 'zh', password)
    await seen(link(again, /我的账号/))
    await theirs.go('/console/account')
    await seen(theirs.getByRole('heading', { name: '登录工作台' }))
  },

  async 'a passkey'({ person, base }) {
    await colleague(base, 'zhu', '竹示例')
    // A passkey is for a name; an address of numbers has none.
    const numbers = await person('desk')
    await numbers.go('/console/sign-in')
    await button(numbers, '改用通行密钥').click()
    await seen(numbers.getByRole('alert').filter({ hasText: '浏览器在这个网址不肯用通行密钥' }))

    const named = base.replace('127.0.0.1', 'localhost')
    const laptop = await person('desk')
    laptop.go = (path) => laptop.goto(named + path)
    const { line, authenticatorId } = await virtual_authenticator(laptop)
    await sign_in(laptop, 'zhu', 'zh', password)
    await link(laptop, /我的账号/).click()
    const keys = await add_passkey(laptop, '办公室的电脑')
    await told(laptop, '“办公室的电脑”添加好了')
    await seen(keys.getByText('还没有用过', { exact: false }))
    await inspect(laptop, 'an account with a passkey')
    await picture(laptop, 'console-account-passkey-1280')
    await add_passkey(laptop, '又一次')
    await seen(keys.getByRole('alert').filter({ hasText: '这台设备已经有一把' }))
    await inspect(laptop, 'a passkey that is there already')
    await button(keys, '先不做了').click()

    // In without a name, by keyboard.
    await button(laptop, '退出登录').click()
    await seen(button(laptop, '改用通行密钥'))
    await inspect(laptop, 'the door with passkeys')
    await picture(laptop, 'console-door-passkey-1280', { full: false })
    await button(laptop, '改用通行密钥').focus()
    await laptop.keyboard.press('Enter')
    await link(laptop, /我的账号：竹示例/).click()
    await seen(keys.getByText('最近', { exact: false }))

    // Somebody copied it and used the copy: the counter of this one is behind.
    const { credentials: [credential] } = await line.send('WebAuthn.getCredentials', { authenticatorId })
    await button(laptop, '退出登录').click()
    await line.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId })
    await line.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } })
    await button(laptop, '改用通行密钥').click()
    await seen(laptop.getByRole('alert').filter({ hasText: '这把通行密钥可能被复制过' }))
    await inspect(laptop, 'a passkey that was copied')

    // Ended: it opens nothing any more.
    await line.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId })
    await line.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 1_000 } })
    await sign_in(laptop, 'zhu', 'zh', password)
    await link(laptop, /我的账号/).click()
    await button(keys, '停用“办公室的电脑”').click()
    const asked = keys.getByRole('group', { name: '停用“办公室的电脑”' })
    await inspect(laptop, 'asking before a passkey ends')
    await button(asked, '停用').click()
    await told(laptop, '“办公室的电脑”停用了。')
    await gone(asked)
    await button(laptop, '退出登录').click()
    await button(laptop, '改用通行密钥').click()
    await seen(laptop.getByRole('alert').filter({ hasText: '这把通行密钥用不上' }))
  },

  async 'second steps on small screens and in English'({ person, base }) {
    await colleague(base, 'ju', '菊示例')
    const named = base.replace('127.0.0.1', 'localhost')
    for (const screen of ['small', 'phone', 'desk']) {
      const page = await person(screen, { language: 'en' })
      page.go = (path) => page.goto(named + path)
      await virtual_authenticator(page)
      await page.go('/console/sign-in')
      await seen(button(page, 'Use a passkey instead'))
      await inspect(page, `the door at ${screens[screen].width} px`)
      await picture(page, `console-door-${screens[screen].width}-en`)
      await sign_in(page, 'ju', 'en', password)
      await link(page, /My account/).click()
      const step = section(page, 'Second step of signing in')
      await button(step, 'Switch the second step on').click()
      await step.getByLabel('Your password, once more').fill(password)
      await button(step, 'Go on').click()
      await seen(step.getByRole('img', { name: 'QR code for the second step' }))
      const keys = section(page, 'Passkeys')
      await button(keys, 'Add a passkey').click()
      await button(keys, 'Add').click()
      await seen(keys.getByText('Please give it a name'))
      await inspect(page, `the account at ${screens[screen].width} px`)
      await picture(page, `console-account-open-${screens[screen].width}-en`)
      await keys.getByLabel('A name for it').fill(`device ${screens[screen].width}`)
      await keys.getByLabel('Your password, once more').fill(password)
      await button(keys, /^Add$/).click()
      await told(page, 'is added')
      await picture(page, `console-account-${screens[screen].width}-en`)
    }
  },
}
