import { expect, test } from 'vitest'
import { createColumnLayout } from '../../../../panel/kit/column-layout.ts'

const COLUMNS = [
  { key: 'name', title: 'Name', width: 0 },
  { key: 'a', title: 'A', width: 100, rank: 2 },
  { key: 'b', title: 'B', width: 100, rank: 1 },
  { key: 'c', title: 'C', width: 100 },
]

function memory(initial?: string) {
  const stored = new Map<string, string>(initial === undefined ? [] : [['columns', initial]])
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  }
}
const keys = (columns: readonly { key: string }[]) => columns.map(({ key }) => key).join(' ')
const column = (key: string) => COLUMNS.find(each => each.key === key) as (typeof COLUMNS)[number]

test('shows the most important columns that fit, in their usual order', () => {
  const layout = createColumnLayout(memory(), 'columns', COLUMNS)
  expect(keys(layout.fitting(1_000))).toBe('name a b')
  expect(keys(layout.fitting(319))).toBe('name b')
  expect(keys(layout.fitting(100))).toBe('name')
})

test('keeps what the user has arranged, and takes added columns for the most important', () => {
  const storage = memory()
  const layout = createColumnLayout(storage, 'columns', COLUMNS)
  layout.toggle(column('c'))
  expect(keys(layout.fitting(219 + 100))).toBe('name c')
  layout.toggle(column('b'))
  layout.move('c', 'a')
  layout.resize('a', 150)
  const again = createColumnLayout(storage, 'columns', COLUMNS)
  expect(again.fitting(1_000).map(({ key, width }) => [key, width])).toEqual([
    ['name', 0],
    ['c', 100],
    ['a', 150],
  ])
  again.reset()
  expect(keys(createColumnLayout(storage, 'columns', COLUMNS).fitting(1_000))).toBe('name a b')
})

test('never moves the first column', () => {
  const layout = createColumnLayout(memory(), 'columns', COLUMNS)
  layout.move('name', 'b')
  layout.move('b', 'name')
  expect(keys(layout.all())).toBe('name a b c')
})

test.each(['', 'null', '5', '{"order":5,"widths":{"a":"150","b":-4}}', '{"widths":null,"added":[1]}'])(
  'starts anew where %j was stored',
  stored => {
    const layout = createColumnLayout(memory(stored), 'columns', COLUMNS)
    expect(layout.fitting(1_000).map(({ key, width }) => [key, width])).toEqual([
      ['name', 0],
      ['a', 100],
      ['b', 100],
    ])
  },
)
