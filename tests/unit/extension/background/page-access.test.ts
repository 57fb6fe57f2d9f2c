// Test (Node): the refusals of Chromium 156, each as it came.
import { expect, test } from 'vitest'
import { accessRefused } from '../../../../extension/background/page-access.ts'

test.each([
  ['Cannot access a chrome:// URL', 'browser'],
  ['The extensions gallery cannot be scripted.', 'store'],
  ['Cannot access a chrome-extension:// URL of different extension', 'extension'],
  ['Frame with ID 0 is showing error page', 'error'],
  ['This page cannot be scripted due to an ExtensionsSettings policy.', 'policy'],
  [
    'Cannot access contents of the page. Extension manifest must request permission to access the respective host.',
    'siteless',
  ],
  ['Frame with ID 0 was removed.', 'unknown'],
  ['', 'unknown'],
])('%s', (said, reason) => {
  expect(accessRefused(said)).toEqual({ open: false, reason, said })
})
