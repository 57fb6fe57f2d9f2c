// Test (real Chromium, real DevTools): what the panel shows and exports of a file is what the model makes of it in Node.
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { exportBytes, openSession, reportOf } from '../unit/model/session-in-node.ts'
import { expect, test } from './perf-test.ts'

const FIXTURES = new URL('../fixtures/sessions/v1/', import.meta.url)
const FILES = ['demo-every-button.json', 'fetch-and-xhr-outcomes.json.gz', 'lost-operations.json.gz']
const FILTER = 'kind:fetch -outcome:ok'

test('statistics, groups and exported bytes are the same in the panel and in Node', async ({ inspected }) => {
  const { panel, frontend } = inspected
  await frontend.setViewportSize({ width: 1800, height: 900 })
  const locale = await panel.evaluate(() => navigator.language)
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  expect(readdirSync(FIXTURES)).toEqual(expect.arrayContaining(FILES))
  for (const name of FILES) {
    const session = await openSession(new Blob([readFileSync(new URL(name, FIXTURES))]))
    await panel.getByLabel('Session files').setInputFiles(new URL(name, FIXTURES).pathname)
    const summary = panel.locator('.status-bar [aria-hidden]')
    for (const filter of ['', FILTER]) {
      await panel.getByRole('combobox', { name: 'Filter' }).fill(filter)
      const report = reportOf(session, filter, locale)
      await expect(summary).toHaveText(report.summary.join(' · '))
      const rows = panel.getByRole('grid', { name: 'Operations by name' }).getByRole('row')
      const [most] = report.groups
      const row = rows.filter({ has: panel.locator('.cell.name', { hasText: most?.name ?? '' }) }).first()
      if (most) await expect(row.locator('.cell.count')).toHaveText(most.count.toLocaleString(locale))
    }
    const downloading = frontend.waitForEvent('download')
    await panel.getByRole('button', { name: 'Export', exact: true }).click()
    const exported = await readFile(await (await downloading).path())
    expect(exportBytes(session).equals(exported)).toBe(true)
  }
})
