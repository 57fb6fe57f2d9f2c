// World: Node. Records the demo and writes what the extension's database then holds, as a fixture of its version:
// `npx tsx scripts/database-fixture.ts tests/fixtures/database/v3.json.gz`, after `npm run build`.

import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { startDemoServer } from '../demo/server.ts'
import { openChromium } from './chromium-session.ts'
import { exportSessionText } from './export-session.ts'
import { extensionDir } from './project-root.ts'
import { visit } from './visit.ts'
import { waitUntil } from './wait-until.ts'

const [path] = process.argv.slice(2)
if (!path) throw new Error('Name the file to write.')
const demo = await startDemoServer()
const browser = await openChromium({ extensionDir, headless: true, devtools: true })
try {
  const [page = await browser.context.newPage()] = browser.inspectedPages()
  const devtools = await browser.devtoolsFor(page)
  await visit(page, `${demo.url}/`)
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-action]')) button.click()
  })
  await waitUntil('operations in the tab', async () => {
    return /[3-9]\d operations/.test((await devtools.panel.locator('.status-bar').textContent()) ?? '')
  })
  await devtools.panel.getByRole('button', { name: 'Record', exact: true }).click()
  await devtools.panel.locator('[aria-label=Record][aria-pressed=false]').waitFor()
  const exported = await exportSessionText(devtools)
  // Typed arrays as `{array, values}`, since JSON has none.
  const database = await devtools.panel.evaluate<string>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('perf')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const db = opening.result
      const stores = ['sessions', 'log']
      const transaction = db.transaction(stores)
      const found = stores.map(name => transaction.objectStore(name).getAll())
      transaction.oncomplete = () => resolve(JSON.stringify({
        version: db.version,
        sessions: found[0].result,
        log: found[1].result,
      }, (key, value) => ArrayBuffer.isView(value)
        ? { array: value.constructor.name, values: [...value].map(String) }
        : value))
    }
  })`)
  await writeFile(
    path,
    gzipSync(JSON.stringify({ ...JSON.parse(database), exported: JSON.parse(exported) }), { level: 9 }),
  )
  console.log(path)
} finally {
  await browser.close()
  await demo.close()
}
