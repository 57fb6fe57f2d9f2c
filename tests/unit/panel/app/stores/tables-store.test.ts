import { expect, test } from 'vitest'
import { keepChoice } from '../../../../../panel/app/stores/tables-store.ts'

const OPTIONS = ['first', 'second'] as const

function storageOf(chosen: [key: string, value: string][]) {
  const stored = new Map(chosen)
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  }
}

test('what was chosen is there for the next panel', () => {
  const storage = storageOf([])
  const choice = keepChoice(storage, 'tab', OPTIONS)
  expect(choice.value.value).toBe('first')
  choice.choose('second')
  expect(choice.value.value).toBe('second')
  expect(keepChoice(storage, 'tab', OPTIONS).value.value).toBe('second')
})

test('what is no option any more is not chosen', () => {
  expect(keepChoice(storageOf([['tab', 'third']]), 'tab', OPTIONS).value.value).toBe('first')
})

test('where storage is blocked it is chosen for now', () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError')
  }
  const choice = keepChoice({ getItem: blocked, setItem: blocked }, 'tab', OPTIONS)
  choice.choose('second')
  expect(choice.value.value).toBe('second')
})
