// Test (real Chromium, its own DevTools panels): files that we write open in the readers that they are for.
// `npm run test:readers` does the same with 10,000 operations, and in readers of other projects.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'playwright/test'
import { openChromium } from '../../scripts/chromium-session.ts'
import { richSessionFile } from '../support/rich-session.ts'
import { written } from '../unit/model/formats/written.ts'
import { openSession } from '../unit/model/session-in-node.ts'
import { expectInNetworkPanel, expectInPerformancePanel } from './formats/shown-in-devtools.ts'

const session = richSessionFile(200)

let folder: string
let chromium: Awaited<ReturnType<typeof openChromium>>

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-formats-'))
  chromium = await openChromium({ headless: true, devtools: false })
})
test.afterAll(async () => {
  await chromium?.close()
  await rm(folder, { recursive: true })
})

async function fileOf(id: string, name: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, written(await openSession(new Blob([JSON.stringify(session)])), id))
  return path
}

test('the Network panel shows every request and connection of a HAR file', async () => {
  await expectInNetworkPanel(chromium.context, session, await fileOf('har', 'session.har'))
})

test('the Performance panel shows every operation of a trace in custom tracks', async () => {
  await expectInPerformancePanel(chromium.context, session, await fileOf('chrome-trace', 'session.json'))
})
