// Test (Node): what the built extension asks for and shows to the outside.
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { EXTENSION, expect, test } from './perf-test.ts'

/** Bytes, minified and gzipped, of what runs in every frame while DevTools is open. */
const BUDGETS = { 'injected/main.js': 12 * 1024, 'extension/relay.js': 6 * 1024 }

test('the manifest exposes nothing and asks for no more than is used', async () => {
  const manifest: unknown = JSON.parse(await readFile(`${EXTENSION}/manifest.json`, 'utf8'))
  expect(manifest).not.toHaveProperty('web_accessible_resources')
  expect(manifest).not.toHaveProperty('content_scripts')
  expect(manifest).toMatchObject({ permissions: ['scripting', 'storage'], host_permissions: ['<all_urls>'] })
})

for (const [file, budget] of Object.entries(BUDGETS)) {
  test(`${file} stays within ${budget / 1024} kB`, async () => {
    const size = gzipSync(await readFile(`${EXTENSION}/${file}`), { level: 9 }).length
    console.log(`${file}: ${size} bytes gzipped, of ${budget}`)
    expect(size).toBeLessThanOrEqual(budget)
  })
}
