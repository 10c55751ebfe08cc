// A screen of the hall is paired from the console, locked, closed early and unpaired; the screen follows by itself.
import { api_as, button, expect, go_by_menu, gone, inspect, picture, screens, seen, sign_in, take_ticket, until } from './people.mjs'

const told = (page, words) => seen(page.getByRole('status').filter({ hasText: words }))

/** The code in large letters on the screen; it is read as a person reads it. */
async function show_code(wall) {
  await button(wall, '配对这块屏幕').click()
  await seen(wall.getByRole('heading', { name: /这块屏幕还没有配对/ }))
  const code = wall.getByText(/^[A-Z0-9]{3} [A-Z0-9]{3}$/)
  await seen(code)
  return (await code.innerText()).trim()
}

async function open_devices(desk, language = 'zh') {
  await go_by_menu(desk, language === 'zh' ? '设备' : 'Devices')
  await seen(desk.getByRole('heading', { name: language === 'zh' ? '这里的设备' : 'The devices here' }))
}

async function pair(desk, code, name) {
  await button(desk, '配对一台设备').click()
  await desk.getByLabel('设备上显示的配对码').fill(code.toLowerCase())
  await desk.getByLabel(/叫什么/).fill(name)
  await button(desk, /^配对$/).click()
  await told(desk, `“${name}”配对好了`)
}

/** Whatever a journey before left paired. */
async function unpair_all(base) {
  const ask = await api_as(base, 'admin')
  const { halls } = await (await ask('GET', '/api/town')).json()
  for (const { venue_id } of halls) {
    const { items } = await (await ask('GET', `/api/venues/${venue_id}/devices`)).json()
    for (const device of items) await ask('POST', `/api/devices/${device.id}/end`, undefined, { 'If-Match': `"${device.version}"` })
  }
}

export const device_journeys = {
  async 'devices: a screen is paired, locked, closed early, unpaired'({ person, base, note }) {
    await unpair_all(base)
    const wall = await person('wall')
    await wall.go('/display/')
    await seen(wall.getByRole('heading', { name: '各窗口' }))
    const code = await show_code(wall)
    await inspect(wall, 'a screen that shows its code')
    await picture(wall, 'display-pairing-wall', { full: false })

    const desk = await person('desk')
    await sign_in(desk, 'manager')
    await open_devices(desk)
    await seen(desk.getByText('这里还没有配对的设备。'))
    await inspect(desk, 'no devices yet')
    // Mistyped first.
    await button(desk, '配对一台设备').click()
    await desk.getByLabel('设备上显示的配对码').fill('ACDEF')
    await desk.getByLabel(/叫什么/).fill('北墙的屏')
    await button(desk, /^配对$/).click()
    await seen(desk.getByText('配对码有六位'))
    await desk.getByLabel('设备上显示的配对码').fill('AAAAAA')
    await button(desk, /^配对$/).click()
    await seen(desk.getByRole('alert').filter({ hasText: '配对码不对' }))
    await inspect(desk, 'a code that is wrong')
    await picture(desk, 'console-pairing-1280')
    await desk.getByLabel('设备上显示的配对码').fill(code.toLowerCase())
    await button(desk, /^配对$/).click()
    await told(desk, '“北墙的屏”配对好了')

    // The screen fetches its session by itself, and shows the hall again.
    await gone(wall.getByRole('heading', { name: /这块屏幕还没有配对/ }))
    await seen(wall.getByRole('heading', { name: '各窗口' }))
    await seen(wall.getByRole('heading', { name: /南翔镇社区党群服务中心/ }))
    expect(await button(wall, '配对这块屏幕').count() === 0, 'a paired screen still offers to be paired')
    const row = desk.getByRole('article', { name: /北墙的屏/ })
    await desk.reload()
    await seen(row.getByText('使用中'))
    await inspect(desk, 'a device')
    await picture(desk, 'console-devices-1280')

    // Locked: calm words within a second, and the calls come back when it is unlocked.
    await button(row, '停用“北墙的屏”').click()
    await button(row, /^停用$/).click()
    await seen(row.getByText('请填写'))
    await row.getByLabel(/为什么停用/).fill('屏幕要擦')
    const pressed = Date.now()
    await button(row, /^停用$/).click()
    await seen(wall.getByRole('heading', { name: /这块屏幕暂停使用/ }))
    note(`the screen showed that it is locked ${Date.now() - pressed} ms after the press`)
    await told(desk, '“北墙的屏”停用了')
    await seen(row.getByText('为什么停用：屏幕要擦'))
    expect(!(await wall.getByRole('main').innerText()).includes('屏幕要擦'), 'the reason is for colleagues alone')
    await inspect(wall, 'a locked screen')
    await picture(wall, 'display-locked-wall', { full: false })
    await button(row, '恢复使用“北墙的屏”').click()
    await seen(wall.getByRole('heading', { name: '各窗口' }))

    // Closed early, with the hall's line empty: the text stands alone. Somebody who waits is still called.
    await button(row, '提前关“北墙的屏”').click()
    await row.getByLabel('设备上写什么').fill('今天取号已满，明天 8:30 再来')
    await inspect(desk, 'closing early')
    await picture(desk, 'console-close-early-1280')
    await button(row, /^提前关$/).click()
    await seen(wall.getByRole('heading', { name: /今天取号已满，明天 8:30 再来/ }))
    await inspect(wall, 'a screen that is closed early')
    await picture(wall, 'display-closed-early-wall', { full: false })
    const phone = await person('phone')
    await take_ticket(phone)
    await seen(wall.getByRole('heading', { name: '各窗口' }))
    await seen(wall.getByRole('heading', { name: /今天取号已满/ }))
    await inspect(wall, 'closed early while somebody waits')
    await picture(wall, 'display-closed-early-waiting', { full: false })
    await button(phone, '不办了，取消这个号').click()
    await button(phone, '确定取消').click()
    await gone(wall.getByRole('heading', { name: '各窗口' }))
    await button(row, '再打开“北墙的屏”').click()
    await gone(wall.getByRole('heading', { name: /今天取号已满/ }))

    // Its own hours.
    await button(row, '改“北墙的屏”的开放时间').click()
    await button(row, '加一段时间').click()
    await inspect(desk, 'a device and its hours')
    await picture(desk, 'console-device-hours-1280')
    await button(row, '存好').click()
    await told(desk, '开放时间改好了')
    await seen(row.getByText('08:30–16:30'))

    // Who did what.
    await button(row, '谁动过“北墙的屏”').click()
    await seen(row.getByText('恢复使用', { exact: false }))
    await inspect(desk, 'the history of a device')
    await button(row, '收起来').click()

    // Unpaired: signed out at once.
    await button(row, '解除“北墙的屏”的配对').click()
    const asked = desk.getByRole('group', { name: '解除“北墙的屏”的配对' })
    await inspect(desk, 'asking before a device is unpaired')
    await button(asked, '确定解除').click()
    await told(desk, '“北墙的屏”的配对解除了')
    await seen(button(wall, '配对这块屏幕'))
    await inspect(wall, 'a screen that was unpaired')
  },

  async 'devices on small screens, in English, and at an old address'({ person, base }) {
    await unpair_all(base)
    const { halls: [hall, other] } = await (await fetch(`${base}/api/town`)).json()
    const old = await person('wall', { theme: 'dark' })
    await old.go(`/display/?hall=${other.id}`)
    await seen(old.getByRole('heading', { name: other.venue.zh }))
    const code = await show_code(old)
    await inspect(old, 'a dark screen that shows its code')
    const phone_wide = await person('small', { language: 'en' })
    await phone_wide.go('/display/?pair')
    await seen(phone_wide.getByRole('heading', { name: /This screen is not paired yet/ }))
    await inspect(phone_wide, 'a small screen that shows its code')
    await picture(phone_wide, 'display-pairing-320')

    const ask = await api_as(base, 'manager')
    const made = await ask('POST', `/api/venues/${hall.venue_id}/devices`, { code, kind: 'display', name: 'Screen by the door' })
    expect(made.status === 201, `pairing answered ${made.status}`)
    await seen(old.getByRole('heading', { name: hall.venue.zh }))

    for (const screen of ['small', 'phone', 'desk']) {
      const page = await person(screen, { language: 'en' })
      await sign_in(page, 'manager', 'en')
      await open_devices(page, 'en')
      const row = page.getByRole('article', { name: /Screen by the door/ })
      await seen(row)
      await inspect(page, `devices at ${screens[screen].width} px`)
      await picture(page, `console-devices-${screens[screen].width}-en`)
      await button(row, 'Change the hours of "Screen by the door"').click()
      await button(row, 'Add times').click()
      await inspect(page, `hours at ${screens[screen].width} px`)
      await picture(page, `console-device-hours-${screens[screen].width}-en`)
      await button(page, 'Pair a device').click()
      await inspect(page, `pairing at ${screens[screen].width} px`)
      await picture(page, `console-pairing-${screens[screen].width}-en`)
    }
    // Whoever serves at a window closes it early, and neither locks nor unpairs it.
    const officer = await person('phone')
    await sign_in(officer, 'officer1')
    await open_devices(officer)
    const row = officer.getByRole('article', { name: /Screen by the door/ })
    await seen(button(row, '提前关“Screen by the door”'))
    expect(await button(row, '解除“Screen by the door”的配对').count() === 0, 'an officer is offered to unpair')
    expect(await button(officer, '配对一台设备').count() === 0, 'an officer is offered to pair')
    await inspect(officer, 'devices as an officer sees them')
    await unpair_all(base)
    await until(async () => (await button(old, '配对这块屏幕').count()) === 1, 'the screen did not hear that it was unpaired')
  },
}
