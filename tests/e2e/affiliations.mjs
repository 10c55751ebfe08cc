// What people do and where they belong: volunteering and membership, as officers see them and as the person takes them along; and
// what was held.
import { api_as, button, expect, go_by_menu, gone, inspect, link, personal, picture, seen, sign_in } from './people.mjs'

const heading = (page, name) => page.getByRole('heading', { name })
// Invented, of a place that does not exist (000000).
const numbers = { helper: personal('00000000091'), card: personal('000000195811110012'), other_card: personal('000000198812120013') }

async function done(asked, words) {
  const answer = await asked
  expect(answer.ok, `${words}: ${answer.status} ${answer.ok ? '' : await answer.text()}`)
  return answer.status === 204 ? null : await answer.json()
}
/** The first branch of the tree, with the name that stands in its papers. */
export async function a_branch(api, parent = '') {
  const { items } = await done(api('GET', `/api/organisations${parent && `?parent=${parent}`}`), 'no organisations')
  for (const each of items) {
    const found = each.kind === 'branch' ? each : await a_branch(api, each.id)
    if (found) return found
  }
  return null
}

/** Somebody who helps at the centre, belongs to a branch, was recorded twice, and acts for somebody else; all by the API. */
async function somebody(base) {
  const api = await api_as(base, 'officer2')
  const version = (number) => ({ 'If-Match': `"${number}"` })
  const { venue } = await done(api('GET', '/api/session'), 'no session')
  const branch = await a_branch(api)
  const helper = await done(api('POST', '/api/people', { name: personal('志示例'), phone: numbers.helper, identity_number: numbers.card }), 'not recorded')
  const twice = await done(api('POST', '/api/people', { name: personal('智示例') }), 'not recorded')
  const neighbour = await done(api('POST', '/api/people', { name: '邻示例', identity_number: numbers.other_card }), 'not recorded')
  const helps = await done(api('PUT', `/api/people/${helper.id}/volunteering`, { volunteering: { skills: ['haircuts', 'care'], register_number: '310000000001', since: '2020-03-05', venue } }, version(helper.version)), 'volunteering not recorded')
  const belongs = await done(api('PUT', `/api/people/${helper.id}/membership`, { membership: { branch: branch.id, kind: 'full', joined_on: '1984-07-01' } }, version(helps.version)), 'membership not recorded')
  await done(api('POST', `/api/people/${twice.id}/merge`, { into: helper.id, into_version: belongs.version, reason: 'recorded_twice' }, version(twice.version)), 'not merged')
  await done(api('POST', `/api/people/${neighbour.id}/mandates`, { agent: helper.id, consent: 'in_person', until: new Date(Date.now() + 90 * 86_400_000).toISOString() }), 'no mandate')
  return { helper: helper.id, branch: branch.official_name ?? branch.name.zh }
}

export const affiliations = {
  async 'volunteering and membership are seen by who needs them, and taken along by the person'({ person, base, program }) {
    const { helper, branch } = await somebody(base)
    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(desk.getByRole('navigation'))

    // The volunteers of the centre, with a purpose of its own.
    await go_by_menu(desk, '志愿者')
    await seen(heading(desk, '志愿者'))
    await inspect(desk, 'whose volunteers')
    await button(desk, '查看志愿者').click()
    await seen(desk.getByRole('alert').filter({ hasText: '请选一个原因' }))
    await desk.getByRole('radio', { name: '安排志愿服务' }).check()
    await button(desk, '查看志愿者').click()
    await seen(heading(desk, /的志愿者$/))
    await seen(desk.getByText('特长：理发、陪伴'))
    expect(!(await desk.getByRole('main').innerText()).includes('志示例'), 'a list shows the whole name')
    await inspect(desk, 'the volunteers of the centre')
    await picture(desk, 'console-volunteers-zh')
    await link(desk, /^打开志\*+的登记$/).click()

    // In the file volunteering stands with the facts; membership does not, and is looked at for itself.
    await seen(heading(desk, /^志\*+的登记$/))
    await desk.getByRole('radio', { name: '本人来办事' }).check()
    await button(desk, '查看全部内容').click()
    await seen(heading(desk, '志愿服务'))
    await seen(desk.getByText('310000000001'))
    expect(!(await desk.getByRole('main').innerText()).includes(branch), 'membership is shown to who opened something else')
    await seen(desk.getByText('原因会写：“本人来办事”。'))
    await inspect(desk, 'a file with volunteering')
    await picture(desk, 'console-person-volunteer-zh')
    await button(desk, '查看党员组织关系').click()
    await seen(desk.getByText(branch))
    await seen(desk.getByText('1984年7月1日'))
    await inspect(desk, 'a membership')
    await picture(desk, 'console-person-membership-zh')
    await button(desk, '看好了，收起来').last().click()
    await gone(desk.getByText(branch))

    // The person sees both looks, and takes everything along.
    const phone = await person('phone')
    await phone.go('/my')
    await phone.getByLabel('你的手机号是多少？').fill(numbers.helper)
    await button(phone, '把短信发给我').click()
    await phone.getByLabel('短信里的六位数字是什么？').fill(await program.newest_code(numbers.helper))
    await button(phone, '填好了，继续').click()
    await link(phone, '说说我是谁').click()
    await phone.getByLabel('你叫什么名字？').fill('志示例')
    await button(phone, '继续').click()
    await phone.getByLabel('身份证最后四位是什么？').fill('0012')
    await button(phone, '好了').click()
    await seen(heading(phone, /的信息$/))
    await phone.go(`/my/people/${helper}`)
    await seen(phone.getByText('看了你的党员组织关系'))
    await button(phone, '看全部内容').click()
    await seen(phone.getByText('理发、陪伴'))
    await inspect(phone, 'what is held, with volunteering')
    await picture(phone, 'resident-held-volunteer-zh')
    await link(phone, '带走一份').click()
    await button(phone, '取出来').click()
    for (const name of ['志愿服务', '党员组织关系', /^另一份登记，.*合到一起$/, '替人办事', '谁看过']) await seen(heading(phone, name))
    for (const words of ['310000000001', branch, '智示例']) await seen(phone.getByText(words))
    await seen(phone.getByText(/^你可以替邻\*+办事$/))
    await inspect(phone, 'all of a copy')
    await picture(phone, 'resident-take-zh')
    await phone.emulateMedia({ media: 'print' })
    await picture(phone, 'resident-take-print-zh')
  },

  async 'what was held is recorded, put right, and taken off'({ person }) {
    const desk = await person('desk')
    await sign_in(desk, 'admin')
    await go_by_menu(desk, '往期活动')
    await seen(heading(desk, '往期活动'))
    await inspect(desk, 'past activities')
    await button(desk, '记一次活动').click()
    await button(desk, '记下').click()
    await seen(desk.getByRole('alert').filter({ hasText: '请填活动名称。' }))
    await inspect(desk, 'an activity without a title')
    await desk.getByLabel('活动名称').fill('示例义诊')
    await desk.getByLabel('哪一天办的').fill('2025年3月5日')
    await desk.getByRole('form').getByRole('combobox', { name: '类型' }).press('Enter')
    await desk.getByRole('option', { name: '志愿服务', exact: true }).first().click()
    await desk.getByRole('group', { name: '主办组织' }).locator('button:not([aria-expanded])').first().click()
    await desk.getByLabel('参加人数').fill('35')
    await desk.getByLabel('时长（小时）').fill('1.5')
    await picture(desk, 'console-activity-new-zh')
    await button(desk, '记下').click()
    await seen(desk.getByRole('status').filter({ hasText: '记下了。' }))
    const line = desk.getByRole('listitem').filter({ hasText: '示例义诊' })
    await seen(line.filter({ hasText: '35 人参加 · 1.5 小时' }))
    await inspect(desk, 'an activity, recorded')
    await button(desk, '修改：示例义诊').click()
    await desk.getByLabel('参加人数').fill('36')
    await inspect(desk, 'an activity is put right')
    await button(desk, '保存').click()
    await seen(line.filter({ hasText: '36 人参加 · 1.5 小时' }))
    await picture(desk, 'console-activities-zh')
    // Staff who manage nothing read it, on a narrow screen, too.
    const officer = await person('phone', { language: 'en' })
    await sign_in(officer, 'officer1', 'en')
    await go_by_menu(officer, 'Past activities')
    await seen(officer.getByText('示例义诊'))
    expect((await button(officer, /^Change/).count()) === 0, 'an officer is offered to change an activity')
    await inspect(officer, 'past activities on a narrow screen')
    await button(desk, '去掉：示例义诊').click()
    await inspect(desk, 'asking before an activity is taken off')
    await button(desk, '确定去掉').click()
    await seen(desk.getByRole('status').filter({ hasText: '去掉了。' }))
    await gone(line)
  },
}
