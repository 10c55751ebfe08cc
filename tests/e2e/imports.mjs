// Lists that clerks keep as spreadsheets: the template filled in, uploaded, looked through, imported, and taken back.
import { readFile } from 'node:fs/promises'
import { api_as, button, expect, go_by_menu, gone, inspect, link, personal, picture, says, seen, sign_in, until } from './people.mjs'
import { filled, sheet_type, texts_of } from './sheets.mjs'

const words = {
  zh: { nav: '导入表格', begin: '导入一张表格', kind: '组织', columns: '每一项在表格的哪一列？', next: '对好了，继续', look: '导入以前，看一看', drop: '删掉这份草稿', drop_yes: '删掉', dropped: '这份草稿删掉了', missing: '“名称”必填', back: '回到导入记录', list: '导入记录', name: '“名称”在哪一列' },
  en: { nav: 'Imports', begin: 'Import a sheet', kind: 'Organisations', columns: 'Which column holds what?', next: 'All matched, go on', look: 'Look through it before importing', drop: 'Delete this draft', drop_yes: 'Delete it', dropped: 'This draft was deleted', missing: '“Name” is required', back: 'Back to all imports', list: 'Imports so far', name: 'Which column holds “Name”?' },
}
const parent = '镇社区党群服务中心（示例组织）'
/** As a clerk would fill them in: name, English name, kind, what it stands below, official name. */
const organisations = (count, called) => Array.from({ length: count }, (_, index) => [`${called} ${index + 1}`, '', '党支部', parent])

async function at_imports(person, screen, username, wish = {}) {
  const language = wish.language ?? 'zh'
  const desk = await person(screen, wish)
  await sign_in(desk, username, language)
  await seen(button(desk, says[language].sit(1)))
  await go_by_menu(desk, words[language].nav)
  await seen(link(desk, words[language].begin))
  return desk
}
async function begin(desk, language = 'zh', kind = words[language].kind) {
  await link(desk, words[language].begin).first().click()
  await desk.getByRole('radio', { name: kind, exact: true }).check()
}
/** The bytes of what a press downloads, and the name it has. */
async function downloaded(desk, name) {
  const [file] = await Promise.all([desk.waitForEvent('download'), button(desk, name).click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}
const upload = (desk, name, buffer) => desk.locator('input[type=file]').setInputFiles({ name, mimeType: sheet_type, buffer })
async function template_of(base, kind) {
  const api = await api_as(base, 'admin')
  return Buffer.from(await (await api('GET', `/api/imports/kinds/${kind}/template`)).arrayBuffer())
}
const id_in = (desk) => /im_[0-9a-z]+/.exec(desk.url())[0]
const told = (desk, text) => seen(desk.getByRole('status').filter({ hasText: text }))
async function run_out(desk, recorded) {
  await seen(desk.getByRole('heading', { name: `导入了 ${recorded} 行`, level: 1 }))
}
async function take_back(desk, rows) {
  await button(desk, '看看会撤销什么').click()
  await seen(desk.getByRole('heading', { name: '要撤销这次导入吗？' }))
  await button(desk, '确定撤销').click()
  await seen(desk.getByRole('heading', { name: `撤销了 ${rows} 行`, level: 1 }))
}

/** A sheet of one's own, whose headings nobody recognises, on its way to an import; and given up. */
async function draft_on(person, template, screen, { language = 'zh', theme = 'light', large = false }) {
  const say = words[language]
  const name = `${screen}-${language}${theme === 'dark' ? '-dark' : ''}${large ? '-large' : ''}`
  const desk = await at_imports(person, screen, 'manager', { language, theme })
  const look_at = async (what) => {
    await inspect(desk, `${what}, ${name}`)
    await picture(desk, `console-imports-${what}-${name}`)
  }
  if (large) await desk.evaluate(() => { document.documentElement.style.fontSize = '26px' })
  await begin(desk, language)
  await look_at('new')
  const rows = [['1', '示例窄屏 1', '党支部', parent, '好'], ['2', '示例窄屏 2', '', parent, '']]
  await upload(desk, 'list.xlsx', filled(template, rows, ['序号', '叫什么', '类型', '上级', '评语']))
  await seen(desk.getByRole('heading', { name: say.columns }))
  await button(desk, say.next).click()
  await seen(desk.getByRole('alert').filter({ hasText: say.missing }))
  await until(() => desk.evaluate((label) => document.activeElement.getAttribute('aria-label') === label, say.name), 'the focus is not on the column that is missing')
  await look_at('missing')
  // By the keys alone.
  await desk.keyboard.press('Enter')
  await desk.getByRole('option', { name: /叫什么/ }).waitFor()
  const pointed_at = () => desk.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '')
  for (let count = 0; count < 9 && !(await pointed_at()).includes('叫什么'); count += 1) await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('Enter')
  await seen(desk.getByText('示例窄屏 1', { exact: false }))
  await button(desk, say.next).click()
  await seen(desk.getByRole('heading', { name: say.look }))
  await seen(desk.getByRole('article').nth(1))
  await button(desk, say.drop).click()
  await look_at('look')
  await button(desk, say.drop_yes).click()
  await seen(desk.getByRole('heading', { name: say.dropped }))
  await link(desk, new RegExp(say.back)).first().click()
  await seen(desk.getByRole('heading', { name: say.list }))
  await look_at('list')
}

export const imports = {
  async 'a sheet comes in, its faulty row comes back, and it is taken back'({ person, base }) {
    const desk = await at_imports(person, 'desk', 'manager')
    await inspect(desk, 'imports')
    await begin(desk)
    await inspect(desk, 'an import begins')
    await picture(desk, 'console-imports-new-zh')
    const template = await downloaded(desk, /^下载“组织”模板/)
    expect(template.name === '组织 模板.xlsx', `the template is called ${template.name}`)
    await told(desk, '模板下载好了')
    await upload(desk, '名单.xls', template.bytes)
    await seen(desk.getByRole('alert').filter({ hasText: '旧格式' }))
    await inspect(desk, 'a sheet of the old format')
    await upload(desk, '名单.xlsx', Buffer.from('nothing of a sheet'))
    await seen(desk.getByRole('alert').filter({ hasText: 'xlsx' }))
    await inspect(desk, 'no sheet at all')
    await picture(desk, 'console-imports-refused-zh')
    await upload(desk, '空表.xlsx', template.bytes)
    await seen(desk.getByRole('alert').filter({ hasText: '没有' }))

    // The template with 26 rows, one of them of a kind that there is not.
    await upload(desk, '示例名单.xlsx', filled(template.bytes, [...organisations(25, '示例导入'), ['示例导入 26', '', '不知道', parent]]))
    await seen(desk.getByRole('heading', { name: words.zh.columns }))
    await seen(desk.getByText('表里写的：示例导入 1、示例导入 2、示例导入 3'))
    await inspect(desk, 'columns that were recognised')
    await picture(desk, 'console-imports-columns-zh')
    expect(!desk.url().includes('%') && !(await desk.title()).includes('名单'), 'what the file is called stands in an address or a title')
    await button(desk, words.zh.next).click()
    await seen(desk.getByRole('heading', { name: words.zh.look }))
    await seen(desk.getByText('25 行看上去没有问题'))
    await seen(desk.getByText('1 行有问题，不会导入'))
    await inspect(desk, 'looking through the rows')
    await picture(desk, 'console-imports-look-zh')
    await button(desk, '下一页').click()
    await seen(desk.getByRole('heading', { name: /第 2 页/ }))
    await button(desk, '上一页').click()
    await desk.getByRole('radio', { name: '只看有问题的' }).check()
    await until(async () => (await desk.getByRole('article').count()) === 1, 'rows without a fault are among the faulty ones')
    await seen(desk.getByText('这里只能填', { exact: false }))
    await inspect(desk, 'the faulty row')
    await picture(desk, 'console-imports-faulty-zh')

    // The network goes after the first few rows: the page waits, is loaded anew, and goes on.
    let runs = 0
    await desk.route('**/run', (route) => ((runs += 1) > 1 ? route.abort('internetdisconnected') : route.continue()))
    await button(desk, /^开始导入/).dblclick()
    await told(desk, '现在连不上')
    await seen(desk.getByText('共 26 行，处理了 20 行'))
    await inspect(desk, 'an import without a network')
    await picture(desk, 'console-imports-waiting-zh')
    await desk.unroute('**/run')
    await desk.reload()
    await run_out(desk, 25)
    await seen(desk.getByRole('heading', { name: '1 行没有导入' }))
    await seen(desk.getByText('第 29 行'))
    await inspect(desk, 'an import that is done')
    await picture(desk, 'console-imports-done-zh')
    const first = id_in(desk)

    // The faulty row comes back with why, is put right, and comes in as a sheet of its own.
    const faulty = await downloaded(desk, '下载有问题的行')
    expect(faulty.name === '组织 待改的行.xlsx', `the faulty rows are called ${faulty.name}`)
    const [headings, row, ...more] = texts_of(faulty.bytes)
    expect(more.length === 0 && row.includes('示例导入 26') && headings.at(-1) === '问题' && row.at(-1).includes('这里只能填'), `what came back: ${JSON.stringify([headings, row, more])}`)
    await link(desk, '再导入一张表格').click()
    await desk.getByRole('radio', { name: words.zh.kind, exact: true }).check()
    await upload(desk, '改好的.xlsx', filled(template.bytes, [['示例导入 26', '', '党支部', parent]]))
    await button(desk, words.zh.next).click()
    await seen(desk.getByText('能导入', { exact: true }))
    await button(desk, /^开始导入/).click()
    await run_out(desk, 1)
    await take_back(desk, 1)

    // What somebody touched since then stays, and is listed.
    const api = await api_as(base, 'admin')
    const { items: [used] } = await (await api('GET', `/api/imports/${first}/outcomes?outcome=recorded&limit=1`)).json()
    const renamed = await api('PATCH', `/api/organisations/${used.thing}`, { name: { zh: '示例导入 已经用上', en: 'In use' } }, { 'If-Match': '"1"' })
    expect(renamed.ok, `renaming was refused: ${renamed.status}`)
    await link(desk, '← 回到导入记录').click()
    await seen(desk.getByRole('heading', { name: '导入记录' }))
    await inspect(desk, 'the list of imports')
    await picture(desk, 'console-imports-list-zh')
    await desk.locator(`a[href$="${first}"]`).click()
    await button(desk, '看看会撤销什么').click()
    await seen(desk.getByText('这次导入的 25 行“组织”', { exact: false }))
    await inspect(desk, 'before it is taken back')
    await picture(desk, 'console-imports-undo-zh')
    await button(desk, '确定撤销').click()
    await seen(desk.getByRole('heading', { name: '撤销了 24 行', level: 1 }))
    await seen(desk.getByText('导入以后已经有人用过', { exact: false }))
    await inspect(desk, 'after it was taken back')
    await picture(desk, 'console-imports-undone-zh')
    const left = await (await api('GET', `/api/organisations/${used.thing}`)).json()
    expect((await api('POST', `/api/organisations/${used.thing}/end`, undefined, { 'If-Match': `"${left.version}"` })).ok, 'the one that stayed could not be ended')
  },

  async 'two windows that import the same sheet do it once'({ person, base }) {
    const desk = await at_imports(person, 'desk', 'manager')
    await begin(desk)
    await upload(desk, '示例名单.xlsx', filled(await template_of(base, 'organisations'), organisations(70, '示例两窗')))
    await button(desk, words.zh.next).click()
    await seen(button(desk, /^开始导入/))
    const other = await at_imports(person, 'desk', 'manager')
    await other.go(`/console/imports/${id_in(desk)}?step=look`)
    await seen(button(other, /^开始导入/))
    await Promise.all([desk, other].map((each) => button(each, /^开始导入/).click()))
    for (const each of [desk, other]) await run_out(each, 70)
    await take_back(desk, 70)
  },

  async 'an import on a phone, and at 320 px in large letters'({ person, base }) {
    const template = await template_of(base, 'organisations')
    await draft_on(person, template, 'phone', { large: false })
    await draft_on(person, template, 'small', { large: true })
  },

  async 'an import in English and in the dark'({ person, base }) {
    const template = await template_of(base, 'organisations')
    await draft_on(person, template, 'small', { language: 'en', theme: 'dark' })
    await draft_on(person, template, 'desk', { language: 'en', theme: 'dark' })
  },

  async 'rows with people in them are for whoever uploaded them'({ person, base }) {
    const desk = await at_imports(person, 'desk', 'manager')
    await begin(desk, 'zh', '服务对象')
    await seen(desk.getByText('里面的行只有你自己看得到', { exact: false }))
    const name = personal('孙示例表')
    await upload(desk, 'people.xlsx', filled(await template_of(base, 'people'), [[name, personal('00000000091')]]))
    await button(desk, words.zh.next).click()
    await seen(desk.getByText(name))
    await inspect(desk, 'a sheet of people')
    await picture(desk, 'console-imports-people-zh')
    const id = id_in(desk)

    const admin = await at_imports(person, 'desk', 'admin')
    const looks = []
    admin.on('request', (request) => { if (/\/(rows|faulty-rows)$/.test(request.url())) looks.push(request.url()) })
    await admin.getByRole('radio', { name: '全镇的' }).check()
    await admin.locator(`a[href$="${id}"]`).click()
    await seen(admin.getByText('由上传的人接着导入', { exact: false }))
    await inspect(admin, 'somebody else’s draft')
    await picture(admin, 'console-imports-not-mine-zh')
    expect(!(await admin.getByRole('main').innerText()).includes(name), 'another one sees who is in the sheet')
    expect(looks.length === 0, `a look was tried: ${looks}`)
    await button(desk, words.zh.drop).click()
    await button(desk, words.zh.drop_yes).click()
    await seen(desk.getByRole('heading', { name: words.zh.dropped }))
    await admin.reload()
    await seen(admin.getByRole('heading', { name: words.zh.dropped }))
    await gone(button(admin, words.zh.drop))
  },
}
