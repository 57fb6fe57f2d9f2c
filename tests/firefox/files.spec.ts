// Test (real Firefox, its real DevTools): files and stored sessions.
import { readFileSync } from 'node:fs'
import { schemaErrors } from '../browser/session-schema.ts'
import { expect, isPatched, test, track } from './firefox-test.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/sessions/v1/${name}`, import.meta.url))

test('exports a file that the schema accepts', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/1'); await fetch('/api/reset').catch(() => 0)`)
  const session = await panel.exportWhen(({ operations }) => operations.length === 2)
  expect(schemaErrors(session)).toEqual([])
  expect(session.page.userAgent).toContain('Firefox')
})

test('exports a compressed file with the same content', async ({ firefox, panel }) => {
  await track(firefox, 'a')
  const plain = await panel.exportWhen(({ operations }) => operations.length === 1)
  expect(await panel.exported('Compressed JSON (.json.gz)')).toEqual(plain)
})

for (const name of ['firefox-without-memory.json.gz', 'demo-every-button.json', 'frames-and-navigations.json.gz']) {
  test(`opens a file of an earlier format: ${name}`, async ({ panel }) => {
    await panel.importFile(name, fixture(name))
    await expect.poll(() => panel.text('.infobars')).toContain('read-only')
    await expect.poll(async () => (await panel.groups()).length).toBeGreaterThan(0)
  })
}

test('says what is wrong with a file', async ({ panel }) => {
  await panel.importFile('broken.json', Buffer.from('{"format": "perf-session", "version": 2, '))
  await expect.poll(() => panel.text('.infobars')).toContain("broken.json isn't a valid Perf session: it is cut off")
})

test('stores a session after DevTools closes; it can be opened and deleted', async ({ firefox, panel, demo }) => {
  await firefox.openTab()
  await firefox.goto(`${demo.url}/frame`)
  await firefox.openDevtools()
  await expect.poll(() => isPatched(firefox)).toBe(true)
  await track(firefox, 'kept')
  await expect.poll(() => panel.text()).toContain('kept')
  await firefox.closeDevtools()
  await firefox.closeTab()

  const open = `find('button', 'Live').click()`
  const stored = `return all('.session').map(row => row.innerText).filter(text => text.includes('Perf demo frame')).length`
  await firefox.openDevtools()
  await panel.run(`all('button.picker')[0].click()`)
  await expect.poll(() => panel.run(stored)).toBe(1)
  await panel.run(`all('.session-button').find(button => button.innerText.includes('Perf demo frame')).click()`)
  await expect.poll(() => panel.text()).toContain('kept')
  await panel.click('Show live session')
  await panel.run(open)
  await panel.click('Delete Perf demo frame')
  await expect.poll(() => panel.run(stored)).toBe(0)
})
