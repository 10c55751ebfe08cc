import { afterEach, expect, test } from 'vitest'
import { speak_in } from '../i18n'
import { address_in_words, houses_in_words } from './houses'

const all = { street: '示例路', lane: null, side: 'all' as const, from: 1, to: 999_999 }
afterEach(() => speak_in('zh'))

test('houses are said in words', () => {
  expect(houses_in_words(all)).toBe('示例路 全部门牌')
  expect(houses_in_words({ ...all, side: 'odd' })).toBe('示例路 全部单号')
  expect(houses_in_words({ ...all, lane: 12, to: 40 })).toBe('示例路 12 弄 1–40 号')
  expect(houses_in_words({ ...all, side: 'even', from: 2, to: 88 })).toBe('示例路 2–88 号里的双号')
  expect(houses_in_words({ ...all, from: 51 })).toBe('示例路 51 号起，到最后')
  expect(houses_in_words({ ...all, from: 7, to: 7 })).toBe('示例路 7 号')
  speak_in('en')
  expect(houses_in_words({ ...all, side: 'odd', from: 51 })).toBe('示例路, odd numbers from 51 up')
})

test('so is an address as it was read', () => {
  expect(address_in_words({ street: '示例路', lane: 1051, number: 12 })).toBe('示例路 1051 弄 12 号')
  expect(address_in_words({ street: '示例路', lane: null, number: 9 })).toBe('示例路 9 号')
  expect(address_in_words({ street: '示例路', lane: 1051, number: null })).toBe('示例路 1051 弄')
  expect(address_in_words({ street: '示例新村', lane: null, number: null })).toBe('示例新村')
  expect(address_in_words({ street: '', lane: null, number: 12 })).toBe('')
})
