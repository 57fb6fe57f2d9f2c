// Test (Node): what the built extension asks for and shows to the outside.
import { readFile } from 'node:fs/promises'
import { BUDGETS, scriptSizes } from '../../bench/fetch/script-sizes.ts'
import { errorMessage } from '../../model/text/reason-text.ts'
import { VERSION } from '../../monitor/version.ts'
import { PAGE_SCRIPT_URL } from '../../wire/page-script.ts'
import { ERROR_CODES } from '../../wire/reason-codes.ts'
import { EXTENSION, expect, test } from './perf-test.ts'

test('the manifest exposes nothing and asks for no more than is used', async () => {
  const manifest: unknown = JSON.parse(await readFile(`${EXTENSION}/manifest.json`, 'utf8'))
  expect(manifest).not.toHaveProperty('web_accessible_resources')
  expect(manifest).not.toHaveProperty('content_scripts')
  const asked = { permissions: ['scripting', 'storage'], host_permissions: ['<all_urls>'] }
  expect(manifest).toMatchObject({ version: VERSION, ...asked })
})

test('what runs in every frame stays within its budget', async () => {
  for (const { script, gzipped } of await scriptSizes(EXTENSION)) {
    console.log(`${script}: ${gzipped} bytes gzipped, of ${BUDGETS[script]}`)
    expect(gzipped, script).toBeLessThanOrEqual(BUDGETS[script])
  }
})

test('the page script has a name that DevTools ignores, and that is no address of an extension', async () => {
  const source = await readFile(`${EXTENSION}/injected/main.js`, 'utf8')
  expect(source.split('\n').at(-1)).toBe(`//# sourceURL=${PAGE_SCRIPT_URL}`)
  // The default of DevTools' setting `skip-stack-frames-pattern`.
  expect(PAGE_SCRIPT_URL).toMatch(/\/node_modules\/|^node:/)
  expect(new URL(PAGE_SCRIPT_URL).protocol).not.toContain('extension')
})

/** What the session model itself says of operations whose page was left. */
const CODE_OF_THE_MODEL = 'navigated-away'

test('what runs in every frame knows failures by their codes, and no sentences', async () => {
  for (const script of ['injected/main.js', 'extension/relay/relay.js']) {
    const code = await readFile(`${EXTENSION}/${script}`, 'utf8')
    for (const error of ERROR_CODES) {
      expect(code.includes(`"${error}"`), `${error} in ${script}`).toBe(
        script === 'injected/main.js' && error !== CODE_OF_THE_MODEL,
      )
      expect(code).not.toContain(errorMessage({ name: '', code: error }))
    }
  }
})
