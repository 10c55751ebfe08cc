// A paper is photographed at home and sent, and an officer looks at it.
import { api_as, button, expect, expect_large_targets, gone, inspect, link, personal, picture, seen, sign_in, until } from './people.mjs'

/** Asked for from a phone; what opens it, and what it is called. */
async function asked_for(base) {
  const { halls: [hall] } = await (await fetch(`${base}/api/town`)).json()
  const sent = await fetch(`${base}/api/matters/letter_sample/cases`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ venue: hall.venue_id, applicant: { name: '示例', phone: '00000000000' }, answers: { from: 'near', where: '示例路 9 号', what: '示例', may_call: 'no' } }),
  })
  return sent.ok ? (await sent.json()).opened : null
}

/** A photo as a phone makes it, with words behind it that are nobody's to read. */
async function photo(page, words) {
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 1000 })
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#fdf8ef'
    pen.fillRect(0, 0, 1600, 1000)
    pen.fillStyle = '#222222'
    pen.font = '120px sans-serif'
    pen.fillText('示例材料', 200, 300)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  return Buffer.concat([Buffer.from(bytes), Buffer.from(words)])
}

export const attachment_journeys = {
  async 'a paper is photographed at home, and looked at in the office'({ person, base }) {
    const where = personal('示例拍摄地点 31.29 121.31')
    const officer = await api_as(base, 'officer1')
    const opened = await asked_for(base)
    expect(opened, 'the matter cannot be asked for')
    const { id } = await (await officer('GET', `/api/desk/case-numbers/${opened.reference}`)).json()

    const phone = await person('phone')
    await phone.go(`/c/${opened.token}`)
    await seen(phone.getByRole('heading', { name: '照片和文件' }))
    await seen(phone.getByText('还没有发过'))
    await inspect(phone, 'a case to which nothing was added')
    expect((await phone.getByLabel('现在拍一张').getAttribute('capture')) === 'environment', 'the camera is not asked for')
    const image = { name: 'IMG_20261124.jpg', mimeType: 'image/jpeg', buffer: await photo(phone, where) }

    // The network drops; it goes on by itself when it is back.
    await phone.context().setOffline(true)
    await phone.getByLabel('从手机里选').setInputFiles(image)
    await seen(phone.getByRole('alert').filter({ hasText: '没发成：IMG_20261124.jpg' }))
    await inspect(phone, 'a photo that was not sent')
    await picture(phone, 'resident-attach-offline-zh')
    await phone.context().setOffline(false)
    const shown = phone.getByRole('img', { name: '照片' })
    await seen(shown)
    await until(() => shown.evaluate((each) => each.complete && each.naturalWidth === 1200), 'the preview is not shown')
    await phone.getByLabel('从手机里选').setInputFiles([
      { name: 'file.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') }, { name: 'no.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') },
    ])
    await seen(phone.getByText('PDF 没有预览图'))
    await seen(phone.getByRole('alert').filter({ hasText: '不是照片，也不是 PDF' }))
    await inspect(phone, 'what was added, and what is no photo')
    await expect_large_targets(phone, 'what was added')
    await picture(phone, 'resident-attach-zh')
    await button(phone, '不发了').click()

    const desk = await person('desk')
    await sign_in(desk, 'officer1')
    await seen(button(desk, '退出登录'))
    await desk.go(`/console/cases/${id}`)
    await seen(desk.getByRole('heading', { name: '照片和文件' }))
    await seen(desk.getByText('申请人发来的', { exact: false }))
    await inspect(desk, 'photos of a case, for an officer')
    await button(desk, '看：照片').click()
    await seen(desk.getByText('请写明', { exact: false }))
    await desk.getByRole('textbox', { name: '为什么要看照片和文件' }).fill('示例：核对')
    await button(desk, '看：照片').click()
    const dialog = desk.getByRole('dialog', { name: '照片' })
    await seen(dialog.getByRole('img', { name: '照片' }))
    await inspect(desk, 'a photo in its dialog')
    await picture(desk, 'console-attach-dialog-zh', { full: false })
    await desk.keyboard.press('Escape')
    await gone(dialog)
    await picture(desk, 'console-attach-zh')
    const [original] = await Promise.all([desk.waitForEvent('download'), button(desk, '存原件：照片').click()])
    expect(/^at_\w+\.jpg$/.test(original.suggestedFilename()), `the original is called ${original.suggestedFilename()}`)

    // One sent by mistake goes, and the officer's page hears of it.
    await button(phone, '删掉：照片').click()
    await inspect(phone, 'removing a photo')
    await button(phone, '对，删掉').click()
    await seen(phone.getByText('删掉了', { exact: true }))
    await gone(button(desk, '看：照片'))

    const small = await person('small', { language: 'en', theme: 'dark', storage: { 'doorstep.text_size': '3' } })
    await small.go(`/c/${opened.token}`)
    await seen(link(small, 'Save and look at: PDF document'))
    await inspect(small, 'what was added, in English, on a small screen')
    await picture(small, 'resident-attach-small-en')
  },
}
