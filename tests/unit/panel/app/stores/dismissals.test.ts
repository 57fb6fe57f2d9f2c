import { expect, test } from 'vitest'
import { createDismissals } from '../../../../../panel/app/stores/dismissals.ts'
import { createFakeStorageArea } from '../../../../support/fake-storage-area.ts'

test('keeps what is dismissed for the next panel, and tells the others', async () => {
  const area = createFakeStorageArea()
  const [one, other] = [createDismissals(area), createDismissals(area)]
  await one.add('origin https://a')
  await other.add('origin https://b')
  await one.add('insight x')
  await expect.poll(() => [...other.all.value].sort()).toEqual(['insight x', 'origin https://a', 'origin https://b'])
  await other.remove(['origin https://a', 'insight x'])
  const next = createDismissals(area)
  await expect.poll(() => [...next.all.value]).toEqual(['origin https://b'])
  for (const each of [one, other, next]) each.stop()
  expect(area.onChanged.hasListeners()).toBe(false)
})

test('applies what cannot be stored, and says so', async () => {
  const area = createFakeStorageArea()
  area.maxItemLength = 10
  const dismissals = createDismissals(area)
  await dismissals.add('origin https://a')
  expect([...dismissals.all.value]).toEqual(['origin https://a'])
  expect(dismissals.problem.value).toContain('quota')
})
