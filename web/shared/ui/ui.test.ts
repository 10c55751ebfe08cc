import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, test } from 'vitest'
import { problem_from } from '../api/problem'
import { speak_in } from '../i18n'
import { text_size } from './preferences'
import UiButton from './UiButton.vue'
import UiCheckList from './UiCheckList.vue'
import UiField from './UiField.vue'
import UiLanguageSwitch from './UiLanguageSwitch.vue'
import UiProblem from './UiProblem.vue'
import UiReadAloud from './UiReadAloud.vue'
import UiTextSize from './UiTextSize.vue'

afterEach(() => speak_in('zh'))

describe('the kit', () => {
  test('a button under way says so and is still a button', () => {
    const button = mount(UiButton, { props: { busy: true }, slots: { default: '取号' } })
    expect(button.attributes('aria-busy')).toBe('true')
    expect(button.element.tagName).toBe('BUTTON')
    expect(button.text()).toBe('取号')
  })

  test('a problem is announced, says what to do, and offers to try again', async () => {
    const shown = mount(UiProblem, { props: { problem: problem_from(409, { code: 'queue_empty', title: '现在没有人在等', detail: '有人取号，这里会变。' }), retry: true } })
    expect(shown.attributes('role')).toBe('alert')
    expect(shown.text()).toContain('现在没有人在等')
    expect(shown.text()).toContain('有人取号，这里会变。')
    await shown.get('button').trigger('click')
    expect(shown.emitted('retry')).toHaveLength(1)
  })

  test('a field ties its label, hint and problem to the input', () => {
    const field = mount(UiField, { props: { label: '手机号', hint: '十一位', problem: '少了一位', modelValue: '138' } })
    const input = field.get('input')
    expect(field.get('label').attributes('for')).toBe(input.attributes('id'))
    expect(input.attributes('aria-invalid')).toBe('true')
    const described = input.attributes('aria-describedby')!.split(' ')
    expect(described.map((id) => field.find(`[id='${id}']`).text())).toEqual(['十一位', '少了一位'])
  })

  test('things to tick are ticked by their whole line', async () => {
    const list = mount(UiCheckList, { props: { label: '要带什么', items: [{ key: 'id', title: '身份证' }, { key: 'letter', title: '介绍信' }], modelValue: ['id'] } })
    await list.findAll('input')[1]!.setValue(true)
    expect(list.emitted('update:modelValue')![0]![0]).toEqual(['id', 'letter'])
    expect(list.findAll('label')).toHaveLength(2)
  })

  test('the language switch is written in the language it leads to', async () => {
    const shown = mount(UiLanguageSwitch)
    expect(shown.text()).toBe('English')
    expect(shown.attributes('lang')).toBe('en')
    await shown.trigger('click')
    expect(shown.text()).toBe('中文')
    expect(shown.attributes('lang')).toBe('zh-CN')
  })

  test('the text size is a choice of three', async () => {
    const shown = mount(UiTextSize)
    expect(shown.findAll("input[type='radio']")).toHaveLength(3)
    await shown.findAll('input')[2]!.setValue(true)
    expect(text_size.value).toBe(3)
  })

  test('reading aloud is not offered where there is no voice', () => {
    expect(mount(UiReadAloud).find('button').exists()).toBe(false)
  })
})
