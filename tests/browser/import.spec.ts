// Test (real Chromium, real DevTools): importing session files.
import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Frame } from 'playwright/test'
import { FORMATS } from '../../model/formats/formats.ts'
import { createFormatters } from '../../model/text/formatters.ts'
import type { SessionFile } from '../../session/format.ts'
import { expect, exportSession, exportWhen, type InspectedPage, rowsOf, test } from './shared-tab-test.ts'

const picker = (panel: Frame) => panel.getByTitle('Switch session')
const fileOf = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(content),
})

/** Records a session with requests, operations with metadata and errors, a snapshot, memory and a pause. */
async function recordSome(inspected: InspectedPage, url: string): Promise<SessionFile> {
  const { page, panel } = inspected
  await page.goto(`${url}/empty`)
  await page.evaluate(async () => {
    await fetch('/api/users')
    await fetch('/api/status/500')
    const monitor = window.PerformanceMonitor.getInstance()
    await monitor.trackOperation('<b>checkout</b>', () => new Promise(resolve => setTimeout(resolve, 30)), { cart: 3 })
    await monitor.trackOperation('pay', () => Promise.reject(new RangeError('no money'))).catch(() => undefined)
    window.MemoryMonitor.getInstance().takeSnapshot('start')
  })
  await exportWhen(
    inspected,
    ({ operations, memory }) =>
      operations.length === 4 && operations.every(({ outcome }) => outcome !== 'pending') && memory.length >= 3,
  )
  const record = panel.getByRole('button', { name: 'Record' })
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  return exportWhen(inspected, ({ gaps }) => gaps.length === 1)
}

test('imports an export read-only, exports the same again, and keeps recording the live session', async ({
  inspected,
  demo,
}) => {
  const session = await recordSome(inspected, demo.url)
  const { page, panel } = inspected
  await panel.getByRole('button', { name: 'Record' }).click()
  await panel.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(rowsOf(panel)).toHaveCount(0)

  for (const name of ['shop.json', 'shop.json.gz']) {
    const content = JSON.stringify(session)
    await panel
      .getByLabel('Session files')
      .setInputFiles(fileOf(name, name.endsWith('.gz') ? gzipSync(content) : content))
    await expect(rowsOf(panel)).toHaveCount(4)
    await expect(picker(panel)).toContainText(name)
    const recorded = createFormatters(await panel.evaluate(() => navigator.language)).date(
      Date.parse(session.createdAt),
    )
    await expect(panel.getByText(`${name} · recorded ${recorded} · read-only`)).toBeVisible()
    expect(await exportSession(inspected)).toEqual(session)
  }
  await expect(rowsOf(panel).filter({ hasText: '<b>checkout</b>' })).toHaveCount(1)
  await expect(panel.getByRole('button', { name: 'Clear', exact: true })).toBeDisabled()

  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('live', () => Promise.resolve()))
  await panel.getByRole('button', { name: 'Show live session' }).click()
  await picker(panel).click()
  await panel.getByRole('button', { name: 'Close shop.json', exact: true }).click()
  await expect(rowsOf(panel)).toHaveCount(1)
  await panel.getByRole('button', { name: /^shop\.json\.gz/ }).click()
  await expect(rowsOf(panel)).toHaveCount(4)
})

test('imports a file that is dropped anywhere on the tab', async ({ inspected, demo }) => {
  const session = await recordSome(inspected, demo.url)
  const { panel } = inspected
  const dropped = await panel.evaluateHandle(content => {
    const data = new DataTransfer()
    data.items.add(new File([content], 'dropped.json', { type: 'application/json' }))
    return data
  }, JSON.stringify(session))
  const list = panel.getByRole('grid', { name: 'Operations' })
  await list.dispatchEvent('dragover', { dataTransfer: dropped })
  await expect(panel.getByText('Drop a session file')).toBeVisible()
  await list.dispatchEvent('drop', { dataTransfer: dropped })
  await expect(picker(panel)).toContainText('dropped.json')
  await expect(rowsOf(panel)).toHaveCount(4)
  expect(await exportSession(inspected)).toEqual(session)
})

test('a file that is no session says what is wrong and where, and the view stays', async ({ inspected, demo }) => {
  const session = await recordSome(inspected, demo.url)
  const { panel } = inspected
  const text = JSON.stringify(session)
  const wrong = structuredClone(session) as { operations: { duration?: unknown }[] }
  if (wrong.operations[2]) wrong.operations[2].duration = '12 ms'
  const long = structuredClone(session)
  long.operations = Array.from(
    { length: 30_000 },
    (_, i) => ({ ...session.operations[0], id: `a${i}` }) as (typeof long.operations)[0],
  )
  const cases: [name: string, content: string | Buffer, problem: string][] = [
    ['photo.json', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "isn't a valid Perf session: it isn't JSON"],
    [
      'package.json',
      await readFile(new URL('../../package.json', import.meta.url)),
      "isn't a valid Perf session: format is missing",
    ],
    ['half.json', text.slice(0, text.length / 2), 'cut off'],
    ['half.json.gz', gzipSync(text).subarray(0, 200), 'damaged or cut off'],
    ['newer.json', JSON.stringify({ ...session, version: 3 }), 'written by a newer version of Perf'],
    ['wrong.json', JSON.stringify(wrong), 'operations[2].duration must be a number'],
    ['wrong at its end.json', JSON.stringify({ ...long, metrics: null }), 'metrics must be an object'],
  ]
  await panel.getByRole('combobox', { name: 'Filter' }).fill('pay')
  await expect(rowsOf(panel)).toHaveCount(1)
  for (const [name, content, problem] of cases) {
    await panel.getByLabel('Session files').setInputFiles(fileOf(name, content))
    const alert = panel.getByRole('alert')
    await expect(alert).toContainText(`${name} `)
    await expect(alert).toContainText(problem)
    await expect(rowsOf(panel)).toHaveText([/pay/])
    await expect(picker(panel)).toContainText('Live')
    await picker(panel).click()
    await expect(panel.getByRole('button', { name })).toHaveCount(0)
    await picker(panel).press('Escape')
    await panel.getByRole('button', { name: 'Dismiss' }).click()
    await expect(alert).toHaveCount(0)
  }
  await panel.getByRole('combobox', { name: 'Filter' }).fill('')
  expect(await exportSession(inspected)).toEqual(session)

  // The same while another file is shown; a file that is valid, of several, is opened.
  const file = (name: string, content: string) => fileOf(name, content)
  await panel
    .getByLabel('Session files')
    .setInputFiles([file('bad.json', '[]'), file('good.json', JSON.stringify(session)), file('worse.json', '{')])
  // Each is read by a worker of its own, in no particular order.
  await expect(panel.getByRole('alert')).toHaveCount(2)
  for (const problem of [/^bad\.json isn't/, /^worse\.json isn't/]) {
    await expect(panel.getByRole('alert').filter({ hasText: problem })).toHaveCount(1)
  }
  await expect(picker(panel)).toContainText('good.json')
  await panel.getByLabel('Session files').setInputFiles(file('last.json', 'null'))
  await expect(panel.getByRole('alert')).toHaveText([/^last\.json isn't/])
  await expect(picker(panel)).toContainText('good.json')
  await expect(rowsOf(panel)).toHaveCount(4)
})

test('opens a HAR file, says what it lacks, and exports it in every format', async ({ inspected }) => {
  const { frontend, panel } = inspected
  const entry = (path: string, status: number) => ({
    startedDateTime: '2026-11-23T12:00:00.000Z',
    time: 40,
    request: { method: 'GET', url: `https://shop.example${path}` },
    response: { status, content: { mimeType: 'application/json' } },
    timings: { wait: 30, receive: 10 },
    _resourceType: 'xhr',
  })
  const creator = { name: 'Charles Proxy', version: '5.0' }
  const har = JSON.stringify({ log: { version: '1.2', creator, entries: [entry('/a', 200), entry('/b', 500)] } })
  const files = panel.getByLabel('Session files')
  await files.setInputFiles(fileOf('page.har.gz', gzipSync(har)))
  await expect(rowsOf(panel)).toHaveCount(2)
  await expect(panel.getByText('A HAR file has requests only')).toBeVisible()

  const exported = new Map<string, Buffer>()
  const menu = panel.getByRole('button', { name: 'Export format' })
  await menu.click()
  const items = await panel.locator('.menu-item:visible').allTextContents()
  await panel.getByRole('button', { name: items[0] ?? '', exact: true }).press('Escape')
  for (const item of items) {
    const download = frontend.waitForEvent('download')
    await menu.click()
    await panel.getByRole('button', { name: item, exact: true }).click()
    const file = await download
    const extension = /\(\.(\S+)\)$/.exec(item)?.[1] ?? 'none'
    expect(file.suggestedFilename()).toMatch(new RegExp(`^perf-session-.*\\.${extension.replaceAll('.', '\\.')}$`))
    exported.set(extension, await readFile(await file.path()))
    await expect(menu).toBeEnabled()
  }
  expect([...exported.keys()].sort()).toEqual(['json.gz', ...FORMATS.map(({ extension }) => extension)].sort())
  for (const [extension, bytes] of exported) expect(bytes.length, extension).toBeGreaterThan(0)
  const { operations } = JSON.parse(`${exported.get('json')}`) as SessionFile
  expect(operations).toMatchObject([
    { operationName: 'GET shop.example/a', kind: 'xhr', outcome: 'ok', duration: 40 },
    { operationName: 'GET shop.example/b', kind: 'xhr', outcome: 'failed', duration: 40 },
  ])
  expect(JSON.parse(`${exported.get('har')}`).log.entries).toMatchObject([{ time: 40 }, { time: 40 }])
  expect(`${exported.get('csv')}`.split('\r\n')).toHaveLength(operations.length + 2)

  await files.setInputFiles(fileOf('half.har', har.slice(0, 200)))
  await expect(panel.getByRole('alert')).toContainText("half.har isn't a valid HAR file: it is cut off")
  await expect(rowsOf(panel)).toHaveCount(2)
})
