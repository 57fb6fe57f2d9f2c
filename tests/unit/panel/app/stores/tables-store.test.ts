import { expect, test } from 'vitest'
import { storeChoice } from '../../../../../panel/app/stores/tables-store.ts'

const OPTIONS = ['first', 'second'] as const

function storageOf(chosen: [key: string, value: string][]) {
  const stored = new Map(chosen)
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  }
}

test('keeps a choice for the next panel', () => {
  const storage = storageOf([])
  const choice = storeChoice(storage, 'tab', OPTIONS)
  expect(choice.value.value).toBe('first')
  choice.choose('second')
  expect(choice.value.value).toBe('second')
  expect(storeChoice(storage, 'tab', OPTIONS).value.value).toBe('second')
})

test('ignores a stored value that is no longer an option', () => {
  expect(storeChoice(storageOf([['tab', 'third']]), 'tab', OPTIONS).value.value).toBe('first')
})

test('keeps a choice for this panel if storage is blocked', () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError')
  }
  const choice = storeChoice({ getItem: blocked, setItem: blocked }, 'tab', OPTIONS)
  choice.choose('second')
  expect(choice.value.value).toBe('second')
})
