// People with their devices: a browser each, found faults kept. Things are found by role and label, as a screen reader does.
import { mkdirSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const { default: AxeBuilder } = require('@axe-core/playwright')

export const screens = { phone: { width: 390, height: 844 }, small: { width: 320, height: 640 }, desk: { width: 1280, height: 800 }, wall: { width: 1920, height: 1080 } }
export const patience_ms = 40_000

const kept = process.env.DOORSTEP_SCREENSHOTS === '1'
/** What the READMEs show; all other pictures are only to be looked at. */
const shown = kept ? ['resident-home-phone-zh', 'resident-waiting-phone-zh', 'console-intake-zh', 'display-wall'] : []
const screenshots = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))
export const pictures_folder = mkdtempSync(join(tmpdir(), 'doorstep-pictures-'))
if (kept) mkdirSync(screenshots, { recursive: true })

export async function open_browser() {
  return chromium.launch({
    executablePath: process.env.DOORSTEP_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  })
}

/** What a journey works with: people who come and go, and the faults their browsers reported. */
export function make_stage(browser, base) {
  const contexts = []
  const faults = []

  async function person(screen, { language = 'zh', storage = {}, theme = 'light' } = {}) {
    const context = await browser.newContext({
      viewport: screens[screen], locale: language === 'zh' ? 'zh-CN' : 'en', timezoneId: 'Asia/Shanghai', colorScheme: theme, reducedMotion: 'reduce',
      deviceScaleFactor: screen === 'phone' && kept ? 2 : 1,
    })
    context.setDefaultTimeout(patience_ms)
    await context.addInitScript((wanted) => {
      for (const [name, value] of Object.entries(wanted)) if (localStorage.getItem(name) === null) localStorage.setItem(name, value)
    }, { 'doorstep.language': language, ...storage })
    contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error}`))
    page.on('console', (message) => {
      // A refusal (409, 401, …) is written to the console by the browser itself; that is no fault of the page.
      if (message.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|net::ERR/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`)
    })
    page.go = (path) => page.goto(base + path)
    return page
  }

  return {
    base,
    person,
    faults,
    async leave() {
      for (const context of contexts.splice(0)) await context.close()
    },
  }
}

export class Fault extends Error {}
export function expect(truth, words) {
  if (!truth) throw new Fault(words)
}

/** A page must pass axe with no violation, and never be wider than its screen. */
export async function inspect(page, name) {
  await settle(page)
  const found = await new AxeBuilder({ page }).analyze()
  expect(found.violations.length === 0, `${name}: ${found.violations.map((each) => `${each.id} (${each.impact}): ${each.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`).join('; ')}`).join('\n')}`)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider <= 0, `${name}: ${wider} px wider than its screen`)
}

/** Whatever can be pressed is large enough for a finger. */
export async function expect_large_targets(page, name) {
  const small = await page.evaluate(() => [...document.querySelectorAll('a[href], button')].filter((each) => each.checkVisibility() && each.getBoundingClientRect().top >= 0 && each.getBoundingClientRect().height < 60).map((each) => each.textContent.trim()))
  expect(small.length === 0, `${name}: too small for a finger: ${small.join(', ')}`)
}

/** Fonts are there and nothing moves. */
async function settle(page) {
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.allSettled(document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity).map((each) => each.finished))
  })
}

export async function picture(page, name, { full = true } = {}) {
  await settle(page)
  await page.screenshot({ path: join(shown.includes(name) ? screenshots : pictures_folder, `${name}.png`), fullPage: full })
}

/** Words of one invented person only. After the journeys they may stand nowhere in what the program keeps and logs. */
export const words_of_people = new Set()
export function personal(word) {
  words_of_people.add(word)
  return word
}

export const seen = (locator) => locator.first().waitFor({ state: 'visible' })
export const gone = (locator) => locator.first().waitFor({ state: 'hidden' })

export async function until(truth, words, ms = patience_ms) {
  const end = Date.now() + ms
  while (!(await truth())) {
    expect(Date.now() < end, words)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

// Words of the pages that journeys use again and again.
export const says = {
  zh: {
    home: '你今天想办什么事？', transfer: /党员组织关系转入/, take: '取号，到大厅办', right: '对，取号', follow: '看办理进度',
    username: '用户名', password: '密码', sign_in: '登录', sit: (number) => new RegExp(`坐这里 · ${number} 号窗口`), open: '打开窗口', pause: '暂停一下', call: '叫下一位',
    start: /开始办/, intake: '收件', receive: /收下，生成受理编号/, finish: '办完了', close: '关窗口', go_to: (number) => `请到 ${number} 号窗口`,
  },
  en: {
    home: 'What would you like to do today?', transfer: /Transfer your Party membership/, take: 'Take a ticket for the hall', right: 'Yes, take a ticket', follow: 'Follow your request',
    username: 'User name', password: 'Password', sign_in: 'Sign in', sit: (number) => new RegExp(`Sit here · Window ${number}`), open: 'Open the window', pause: 'Pause', call: 'Call next',
    start: /start/, intake: 'Take in a case', receive: /Take it in/, finish: 'Finished', close: 'Close the window', go_to: (number) => `Please go to window ${number}`,
  },
}

export const button = (page, name) => page.getByRole('button', { name })
export const link = (page, name) => page.getByRole('link', { name })
export const menu_of = (desk) => desk.getByRole('navigation', { name: /^(工作台的页面|Pages of the console)$/ })

/** To a page of the console by its menu, which on a narrow screen stands behind a button. */
export async function go_by_menu(desk, name) {
  const menu = menu_of(desk)
  await seen(menu)
  const opener = button(menu, /^(菜单|Menu)$/)
  if (await opener.isVisible()) await opener.click()
  await menu.getByRole('link', { name, exact: true }).click()
}

export async function take_ticket(phone, language = 'zh') {
  const words = says[language]
  await phone.go('/')
  await link(phone, words.transfer).click()
  await link(phone, words.take).click()
  await button(phone, words.right).click()
  await phone.waitForURL(/\/t\/[\w-]+$/)
  const number = phone.getByText(/^[A-Z]\d{3}$/)
  await seen(number)
  return (await number.first().innerText()).trim()
}

export async function sign_in(desk, username, language = 'zh', password = 'doorstep-demo') {
  const words = says[language]
  await desk.go('/console/')
  await desk.getByRole('textbox', { name: words.username }).fill(username)
  await desk.getByLabel(words.password).fill(password)
  await button(desk, words.sign_in).click()
}

export async function sit_down(desk, window, language = 'zh') {
  const words = says[language]
  await button(desk, words.sit(window)).click()
  await button(desk, words.open).click()
  await seen(button(desk, words.pause))
}

export async function stand_up(desk, language = 'zh') {
  await button(desk, says[language].close).click()
  await seen(button(desk, says[language].open))
}

/** Calls and finishes whoever still waits, so that a journey begins with an empty line. */
export async function empty_line(desk) {
  for (let count = 0; count < 50; count += 1) {
    const call = button(desk, says.zh.call)
    await seen(call)
    await call.click()
    const start = button(desk, says.zh.start)
    const nobody = desk.getByRole('alert')
    await Promise.race([seen(start), seen(nobody)])
    if (!(await start.isVisible())) return
    await start.click()
    await button(desk, says.zh.finish).click()
    await seen(call)
  }
}

/** The API as a member of staff uses it, for what has no page of its own. */
export async function api_as(base, username) {
  const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ username, password: 'doorstep-demo' }) })
  expect(answer.ok, `${username} cannot sign in: ${answer.status}`)
  const { csrf } = await answer.json()
  const headers = { Cookie: answer.headers.get('set-cookie').split(';')[0], 'X-Doorstep-Csrf': csrf }
  return (method, path, body, more = {}) =>
    fetch(`${base}${path}`, body ? { method, headers: { ...headers, ...more, 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : { method, headers: { ...headers, ...more } })
}

/** After a journey that broke off: every window is closed again, so that the next journey begins like the first. */
export async function tidy(base) {
  const { halls: [hall] } = await (await fetch(`${base}/api/town`)).json()
  for (const username of ['officer1', 'officer2']) {
    const ask = await api_as(base, username).catch(() => null)
    if (!ask) continue
    const { items } = await (await ask('GET', `/api/halls/${hall.id}/windows`)).json()
    for (const window of items.filter((each) => each.state !== 'closed')) {
      for (const act of ['start', 'finish', 'close']) await ask('POST', `/api/windows/${window.id}/${act}`)
    }
  }
}
