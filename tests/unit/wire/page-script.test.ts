// Test (Node): frames of the page script are recognised in every form, and no others are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPageScriptFrame, PAGE_SCRIPT_URL } from '../../../wire/page-script.ts'
import { workOf } from '../../support/work-of.ts'

const EARLIER = 'chrome-extension://dbaomjlhjkkcpflehkinlkcholhogmmc/injected/main.js'
const FIREFOX = 'moz-extension://6f5ba2c4-0d2e-4b0e-9d3b-2f9a1d3c4e5f/injected/main.js'

const URLS = fc.constantFrom(PAGE_SCRIPT_URL, EARLIER, FIREFOX)
const PLACE = fc.tuple(fc.nat(), fc.nat()).map(([line, column]) => `:${line}:${column}`)

test('recognises the page script as a URL, and in the lines that V8, SpiderMonkey and DevTools write', () => {
  fc.assert(
    fc.property(URLS, PLACE, fc.constantFrom('Object.apply', 'async apply', 'new Ä', ''), (url, place, name) => {
      const lines = [url, `    at ${name} (${url}${place})`, `    at ${url}${place}`, `${name}@${url}${place}`]
      for (const line of [...lines, `(anonymous) ${url}${place}`]) expect(isPageScriptFrame(line), line).toBe(true)
    }),
  )
})

test.each([
  '',
  '    at load (https://page.example/app.js:1:2)',
  '    at load (https://page.example/injected/main.js:1:2)',
  '    at load (webpack:///node_modules/perf-page-script.js:1:2)',
  `    at load (https://page.example/?from=${PAGE_SCRIPT_URL}:1:2)`,
  '    at patch (chrome-extension://dbaomjlhjkkcpflehkinlkcholhogmmc/content/injected/main.js:1:2)',
  '    at patch (chrome-extension://dbaomjlhjkkcpflehkinlkcholhogmmc/injected/other.js:1:2)',
  `TypeError: ${PAGE_SCRIPT_URL} is not a function`,
])('takes %j for a frame of the page', line => {
  expect(isPageScriptFrame(line)).toBe(false)
})

test('takes time in proportion to a line’s length', () => {
  const parts = ['chrome-extension://', 'a', '/injected/main', '.js', ':1', ' ', PAGE_SCRIPT_URL, '(']
  for (const part of parts) {
    const line = part.repeat(1_000_000 / part.length)
    expect(
      workOf(() => isPageScriptFrame(line)),
      part,
    ).toBeLessThan(1_000)
  }
})
