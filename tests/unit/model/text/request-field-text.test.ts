import { expect, test } from 'vitest'
import { statusText } from '../../../../model/text/request-field-text.ts'
import type { HttpDetail } from '../../../../wire/operations.ts'

/** @param onNetwork the status that DevTools reported; 0 if there was no response. */
function requestOf(status: number | undefined, onNetwork?: number): HttpDetail {
  const devtools = { method: 'GET', url: '/', type: 'fetch', startTime: 0, duration: 1, phases: {} }
  return {
    method: 'GET',
    url: '/',
    ...(status === undefined ? {} : { status }),
    ...(onNetwork === undefined ? {} : { devtools: { ...devtools, status: onNetwork } }),
  }
}

test.each<[string, HttpDetail]>([
  ['200', requestOf(200)],
  ['200', requestOf(200, 200)],
  ['200', requestOf(200, 0)],
  ['200 (304 on the network)', requestOf(200, 304)],
  ['— (403 on the network)', requestOf(undefined, 403)],
  ['—', requestOf(undefined)],
])('shows the status that the page got and that of the network: %s', (text, http) => {
  expect(statusText(http)).toBe(text)
})
