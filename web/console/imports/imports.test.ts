import { expect, test } from 'vitest'
import type { ImportRowView, ImportView } from '@shared/api/types'
import { language } from '@shared/i18n'
import { fault_of, megabytes, short_name } from './files'
import { left_of, progress_of, standing_of, summary_of } from './imports'
import { heading_of, is_same, letter_of, missing_in, place, samples_of, unused_in } from './mapping'

const words = { zh: '名称', en: 'Name' }
const column = (key: string, required = false) => ({ key, heading: words, required, help: words, example: words, choices: [] })
const view = (more: Partial<ImportView>): ImportView => ({
  id: 'im_1', version: 1, kind: 'things', state: 'draft', started_by: 'st_1', created_at: '2026-11-24T01:00:00Z', file_name: '名单.xlsx', sheet: '名单', headings: [], columns: {},
  total: 25, faulty: 0, recorded: 0, refused: 0, ended: 0, kept: 0, file_gone: false, ...more,
})

test('a file that can be no sheet is told before it is sent', () => {
  const table: [string, number, string | null][] = [
    ['名单.xlsx', 10, null], ['LIST.XLSX', 100, null], ['旧.xls', 10, 'old'], ['名单.csv', 10, null], ['名单.pdf', 10, 'other'], ['名单', 10, 'other'], ['空.xlsx', 0, 'empty'], ['大.xlsx', 101, 'large'],
  ]
  for (const [name, size, fault] of table) expect(fault_of({ name, size }, 100), name).toBe(fault)
  expect(megabytes(8 * 1024 * 1024)).toBe('8')
})

test('a name that is too long for the server keeps its beginning and its ending', () => {
  expect(short_name('名单.xlsx')).toBe('名单.xlsx')
  const short = short_name(`${'很长的名字'.repeat(30)}.xlsx`)
  expect(new TextEncoder().encode(short).length).toBeLessThanOrEqual(200)
  expect(short).toMatch(/^很长的名字.*….xlsx$/)
  expect(short_name(`${'👵'.repeat(60)}.xlsx`)).toMatch(/^👵+….xlsx$/u)
})

test('columns are called as the program calls them in which the sheet was made', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letter_of)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  expect(heading_of(['名称', ''], 0)).toBe('名称（A 列）')
  expect(heading_of(['名称', ''], 1)).toBe('B 列（没有表头）')
})

test('no column of the sheet holds two things', () => {
  expect(place({ name: 0, kind: 1 }, 'kind', 0)).toEqual({ mapping: { kind: 0 }, from: 'name' })
  expect(place({ name: 0 }, 'kind', 1)).toEqual({ mapping: { name: 0, kind: 1 }, from: null })
  expect(place({ name: 0, kind: 1 }, 'kind', null)).toEqual({ mapping: { name: 0 }, from: null })
  expect(missing_in({ kind: 1 }, [column('name', true), column('kind', true), column('note')]).map(({ key }) => key)).toEqual(['name'])
  expect(is_same({ a: 0, b: 1 }, { b: 1, a: 0 })).toBe(true)
  expect(is_same({ a: 0 }, { a: 1 })).toBe(false)
  expect(is_same({ a: 0 }, { a: 0, b: 1 })).toBe(false)
})

test('of a column is shown what stands in it, and of the others that they are not used', () => {
  const row = (number: number, cells: ImportRowView['cells']): ImportRowView => ({ row: number, hidden: false, cells, faults: [] })
  const rows = [row(2, { 0: '甲', 1: '站点' }), row(3, { 0: '乙', 1: '站点' }), row(4, { 0: '' })]
  expect(samples_of(rows, 0)).toEqual(['甲', '乙'])
  expect(samples_of(rows, 1)).toEqual(['站点'])
  expect(samples_of(rows, 7)).toEqual([])
  expect(unused_in({ name: 0 }, ['名称', '', '备注'])).toEqual(['备注'])
})

test('each import says in one line how it stands', () => {
  const table: [Partial<ImportView>, string, string][] = [
    [{}, 'draft', '共 25 行'],
    [{ faulty: 1 }, 'draft', '共 25 行，其中 1 行有问题'],
    [{ state: 'importing', recorded: 19, refused: 1 }, 'importing', '共 25 行，处理了 20 行'],
    [{ state: 'done', recorded: 25 }, 'done', '导入了 25 行'],
    [{ state: 'done', recorded: 24, refused: 1 }, 'done', '导入了 24 行，1 行没有导入'],
    [{ state: 'done', recorded: 19, refused: 1 }, 'stopped', '导入了 19 行，1 行没有导入，5 行没有轮到'],
    [{ state: 'undoing', recorded: 24, refused: 1, ended: 19, kept: 1 }, 'undoing', '共 24 行，撤销了 20 行'],
    [{ state: 'undone', recorded: 24, ended: 23, kept: 1 }, 'undone', '撤销了 23 行，1 行留着'],
    [{ state: 'dropped' }, 'dropped', '共 25 行'],
  ]
  for (const [more, standing, summary] of table) {
    expect(standing_of(view(more))).toBe(standing)
    expect(summary_of(view(more))).toBe(summary)
  }
  expect(left_of(view({ recorded: 19, refused: 1 }))).toBe(5)
  expect(progress_of(view({ state: 'undoing', recorded: 24, ended: 19, kept: 1 }))).toEqual({ done: 20, total: 24 })
  language.value = 'en'
  expect(summary_of(view({ state: 'done', total: 2, recorded: 1, refused: 1 }))).toBe('One row imported, one was not')
  language.value = 'zh'
})
