import { expect, test } from 'vitest'
import { documentLabel } from '../../../../model/session/document-table.ts'
import { documentOf } from '../operation-rows.ts'

test.each([
  [0, 'https://shop.example/cart?id=1', 'top'],
  [7, 'https://pay.example/form?token=REDACTED#step', 'pay.example/form'],
  [7, 'http://localhost:3000/', 'localhost:3000/'],
  [7, 'about:srcdoc', 'about:srcdoc'],
  [7, '', 'frame 7'],
])('names the document of frame %d at %j as %s', (frameId, url, label) => {
  expect(documentLabel(documentOf({ frameId, url }))).toBe(label)
})

test('has no name for a document that is not known', () => {
  expect(documentLabel(undefined)).toBe('')
})
