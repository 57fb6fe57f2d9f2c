// Test (real Chromium, real DevTools): stored sessions are listed, reopened, deleted, and removed when they expire.
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Frame } from 'playwright/test'
import { fillSession } from '../../bench/export/bench-operations.ts'
import type { SessionFile } from '../../session/format.ts'
import type { StoredSession } from '../../wire/messages.ts'
import {
  clearSession,
  expect,
  exportSession,
  exportWhen,
  type InspectedPage,
  reloadPanel,
  rowsOf,
  test,
} from './perf-test.ts'

/** Tracks operations with these names in the page, and waits until they are shown. */
async function track({ page, panel }: InspectedPage, names: string[]): Promise<void> {
  await page.evaluate(async tracked => {
    const monitor = window.PerformanceMonitor.getInstance()
    for (const name of tracked) await monitor.trackOperation(name, () => Promise.resolve())
  }, names)
  for (const name of names) await expect(rowsOf(panel).filter({ hasText: name })).toHaveCount(1)
}

/** Opens an empty page in an inspected tab, and tracks operations with these names. */
async function start(inspected: InspectedPage, url: string, names: string[]): Promise<void> {
  await inspected.page.goto(`${url}/empty`)
  await track(inspected, names)
}

const picker = (panel: Frame) => panel.getByTitle('Switch session')

test('lists, reopens and deletes the session of a closed tab', async ({ chromium, inspected, demo }) => {
  await start(inspected, demo.url, ['old one', 'old two'])
  const old = await exportSession(inspected)
  const page = await chromium.context.newPage()
  const second = { page, ...(await chromium.devtoolsFor(page)) }
  const { panel } = second
  await start(second, demo.url, ['new one'])

  // It is in use while its own DevTools is open.
  await picker(panel).click()
  await expect(panel.getByRole('button', { name: /^Delete/ })).toBeDisabled()
  await picker(panel).press('Escape')
  await expect(panel.getByRole('heading', { name: 'Stored' })).toBeHidden()
  await inspected.page.close()

  await picker(panel).click()
  const stored = panel.getByRole('button', { name: /2 operations/ })
  await expect(stored).toContainText(/B/)
  await stored.click()
  await expect(rowsOf(panel)).toHaveCount(2)
  await expect(rowsOf(panel).first()).toContainText('old one')
  await expect(panel.getByRole('button', { name: 'Record', exact: true })).toBeDisabled()
  await expect(panel.getByRole('button', { name: 'Clear', exact: true })).toBeDisabled()
  await expect(panel.getByRole('checkbox', { name: 'Keep log' })).toBeDisabled()
  const again = await exportSession(second)
  expect(again.operations).toEqual(old.operations)
  expect(again.createdAt).toBe(old.createdAt)

  // The live session continues in the meantime.
  await page.evaluate(() =>
    window.PerformanceMonitor.getInstance().trackOperation('meanwhile', () => Promise.resolve()),
  )
  await picker(panel).click()
  await panel.getByRole('button', { name: /^Live/ }).click()
  await expect(rowsOf(panel).filter({ hasText: 'meanwhile' })).toHaveCount(1)
  await expect(rowsOf(panel)).toHaveCount(2)

  await picker(panel).click()
  await panel.getByRole('button', { name: /^Delete/ }).click()
  await expect(panel.getByText('None yet. Sessions from closed tabs are kept for 7 days.')).toBeVisible()
  expect((await storedSessions(panel)).map(({ operations }) => operations)).toEqual([2])
})

test('a stored session that the browser has lost says so, and the live one stays', async ({ inspected, demo }) => {
  const { panel } = inspected
  await start(inspected, demo.url, ['live one', 'live two'])
  await panel.evaluate(addSessions, [{ id: 'lost', appendedAt: Date.now() }])
  await picker(panel).click()
  await panel.getByRole('button', { name: /^lost/ }).click()
  await expect(panel.getByRole('alert')).toContainText("Couldn't open “lost”: the browser has lost it")
  await expect(rowsOf(panel)).toHaveCount(2)
  await expect(picker(panel)).toContainText('Live')
  await panel.getByRole('button', { name: 'Dismiss' }).click()
  await expect(panel.getByRole('alert')).toHaveCount(0)
})

test('removes expired sessions when the background starts, but never the live one', async ({
  chromium,
  inspected,
  demo,
}) => {
  const { panel } = inspected
  await start(inspected, demo.url, ['live'])
  const day = 24 * 60 * 60 * 1000
  await panel.evaluate(addSessions, [
    { id: 'old', appendedAt: Date.now() - 8 * day },
    { id: 'recent', appendedAt: Date.now() - 6 * day },
  ])
  expect(await storedSessions(panel)).toHaveLength(3)
  await restartWorker(chromium.debuggingPort)
  await track(inspected, ['wakes the worker'])
  await expect.poll(async () => (await storedSessions(panel)).map(({ id }) => id)).not.toContain('old')
  const remaining = await storedSessions(panel)
  expect(remaining.map(({ id }) => id)).toContain('recent')
  expect(remaining).toHaveLength(2)
})

test('removes the files of exports later', async ({ chromium, inspected, demo }) => {
  const { panel } = inspected
  await start(inspected, demo.url, ['live'])
  await exportSession(inspected)
  const recent = await exportFiles(panel)
  expect(recent).toHaveLength(1)
  await panel.evaluate(addExportFile, `${Date.now() - 60 * 60 * 1000}-old`)
  expect(await exportFiles(panel)).toHaveLength(2)
  await restartWorker(chromium.debuggingPort)
  await track(inspected, ['wakes the worker'])
  await expect.poll(() => exportFiles(panel)).toEqual(recent)
})

test('says when the browser has no space, keeps what was stored, and stores the rest later', { tag: '@waits' }, async ({
  chromium,
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  await start(inspected, demo.url, ['before'])
  const origin = await panel.evaluate(() => location.origin)
  const browser = await chromium.context.newCDPSession(page)
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  // The browser notices the new quota after a while.
  let made = 1
  const alert = panel.getByRole('alert')
  await expect
    .poll(
      async () => {
        made++
        await page.evaluate(() =>
          window.PerformanceMonitor.getInstance().trackOperation('more', () => Promise.resolve()),
        )
        return alert.count()
      },
      { timeout: 60_000 },
    )
    .toBe(1)
  await expect(alert).toContainText('no space left')
  const kept = (await exportSession(inspected)).operations
  expect(kept.length).toBeLessThan(made)
  await browser.send('Storage.overrideQuotaForOrigin', { origin })
  const session = await exportWhen(inspected, found => found.operations.length === made)
  expect(session.operations.slice(0, kept.length)).toEqual(kept)
  expect(session.gaps).toEqual([])
  await expect(panel.getByRole('alert')).toHaveCount(0)
})

test('recording stops at the storage limit of a session, which says so; it costs no stored one, and Clear records again', async ({
  chromium,
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  await panel.evaluate(setSettings, { maxTotalMb: 10 })
  await panel.evaluate(addSessions, [{ id: 'kept', appendedAt: Date.now() - 60_000, bytes: 9_000_000 }])
  await page.goto(`${demo.url}/empty`)
  // One session may take half of it.
  await clearSession(panel)
  const made = await page.evaluate(async () => {
    const monitor = window.PerformanceMonitor.getInstance()
    const count = 4_000
    const metadata = { text: 'x'.repeat(1_900) }
    for (let i = 0; i < count; i++) await monitor.trackOperation('large', async () => 1, metadata)
    return count
  })
  const record = panel.getByRole('button', { name: 'Record' })
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  await expect(panel.getByRole('alert')).toContainText('storage limit')
  const isFull = ({ gaps }: SessionFile) => gaps.some(({ reason, count }) => reason === 'session-full' && !count)
  const full = await exportWhen(inspected, isFull)
  const lost = full.gaps.reduce((sum, { count = 0 }) => sum + count, 0)
  expect(full.operations.length + lost).toBe(made)
  await record.click()
  await expect(panel.getByRole('alert')).toContainText('storage limit')
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  await restartWorker(chromium.debuggingPort)
  expect((await storedSessions(panel)).map(({ id }) => id)).toContain('kept')

  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(record).toHaveAttribute('aria-pressed', 'true')
  await expect(panel.getByRole('alert')).toHaveCount(0)
  await track(inspected, ['after'])
  expect((await storedSessions(panel)).map(({ id }) => id)).toContain('kept')
})

/** In the panel. */
function setSettings(settings: object): Promise<void> {
  const { chrome } = globalThis as unknown as {
    chrome: { storage: { local: { set(items: object): Promise<void> } } }
  }
  return chrome.storage.local.set({ settings })
}

function storedSessions(panel: Frame): Promise<StoredSession[]> {
  return panel.evaluate(
    () =>
      new Promise<StoredSession[]>((resolve, reject) => {
        const opening = indexedDB.open('perf')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction('sessions').objectStore('sessions').getAll()
          reading.onsuccess = () => resolve(reading.result)
          opening.result.close()
        }
      }),
  )
}

/** In the panel: adds stored sessions. */
function addSessions(sessions: { id: string; appendedAt: number; bytes?: number }[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('perf')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('sessions', 'readwrite')
      for (const { id, appendedAt, bytes = 1 } of sessions) {
        const info = { id, tabId: 0, createdAt: appendedAt, recording: true, preserveLog: true }
        const contents = { url: 'https://shop.example/', title: id, appendedAt, operations: 1, bytes }
        transaction.objectStore('sessions').add({ ...info, ...contents })
      }
      transaction.oncomplete = () => resolve()
      opening.result.close()
    }
  })
}

/** The names of the remaining files of exports. */
function exportFiles(panel: Frame): Promise<string[]> {
  return panel.evaluate(async () => {
    const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle('exports')
    const names: string[] = []
    for await (const name of directory.keys()) names.push(name)
    return names
  })
}

/** In the panel. */
async function addExportFile(name: string): Promise<void> {
  const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle('exports')
  await directory.getFileHandle(name, { create: true })
}

async function restartWorker(port: number): Promise<void> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { id: string; type: string }[]
  const worker = targets.find(({ type }) => type === 'service_worker')
  await fetch(`http://127.0.0.1:${port}/json/close/${worker?.id}`)
}

test('exports a compressed session', async ({ inspected, demo }) => {
  await start(inspected, demo.url, ['one', 'two'])
  const plain = await exportSession(inspected)
  const { frontend, panel } = inspected
  const download = frontend.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export format' }).click()
  await panel.getByRole('button', { name: /Compressed/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^perf-session-.*\.json\.gz$/)
  const session = JSON.parse(gunzipSync(await readFile(await file.path())).toString()) as SessionFile
  expect(session.operations).toEqual(plain.operations)
})

test('shows the progress of opening and exporting a large session, which can be cancelled', async ({ inspected }) => {
  const { frontend, panel } = inspected
  await panel.evaluate(fillSession, { id: 'large', operations: 200_000 })
  const entry = panel.getByRole('button', { name: /^bench 200000 / })
  const status = panel.locator('.status-bar [aria-hidden]')
  await panel.evaluate(slowDown)
  await picker(panel).click()
  await entry.click()
  await expect(panel.getByRole('progressbar', { name: 'Loading session…' })).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Export', exact: true })).toBeDisabled()
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(picker(panel)).toContainText('Live')

  await panel.evaluate(() => window.speedUp?.())
  await picker(panel).click()
  await entry.click()
  await expect(status).toContainText('200,000 operations')
  await panel.evaluate(slowDown)
  let downloads = 0
  frontend.on('download', () => downloads++)
  await panel.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(panel.getByText('Exporting session…')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Export', exact: true })).toBeDisabled()
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel.getByText('Exporting session…')).toBeHidden()

  await panel.evaluate(() => window.speedUp?.())
  const { operations } = await exportSession(inspected)
  expect(operations).toHaveLength(200_000)
  expect(downloads).toBe(1)
})

test('a file that is being opened leaves the view as it is, and can be cancelled', async ({ inspected, demo }) => {
  const { panel } = inspected
  await start(inspected, demo.url, ['live one'])
  const content = JSON.stringify(await exportSession(inspected))
  const file = { name: 'shop.json', mimeType: 'application/json', buffer: Buffer.from(content) }
  await panel.evaluate(slowDown)
  await panel.getByLabel('Session files').setInputFiles(file)
  await expect(panel.getByRole('progressbar', { name: 'Opening shop.json…' })).toBeVisible()
  await expect(picker(panel)).toContainText('Live')
  await expect(rowsOf(panel)).toHaveCount(1)
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel.getByRole('progressbar')).toHaveCount(0)
  await panel.evaluate(() => window.speedUp?.())
  await panel.getByLabel('Session files').setInputFiles({ ...file, name: 'again.json' })
  await expect(picker(panel)).toContainText('again.json')
  await picker(panel).click()
  await expect(panel.getByRole('button', { name: /shop/ })).toHaveCount(0)
})

test('shows the progress of reading the live session when the panel is opened again', async ({ inspected }) => {
  const { frontend, panel } = inspected
  await panel.evaluate(fillSession, { id: await liveSession(panel), operations: 200_000 })
  await frontend.addInitScript(slowDown)
  await reloadPanel(panel)
  const progress = panel.getByRole('progressbar', { name: 'Loading session…' })
  await expect(progress).toBeVisible()
  const share = () => progress.evaluate((bar: HTMLProgressElement) => bar.value)
  await expect.poll(share).toBeGreaterThan(0)
  expect(await share()).toBeLessThan(1)
  // Reading the live session cannot be cancelled.
  await expect(panel.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await panel.evaluate(() => window.speedUp?.())
  await expect(panel.locator('.status-bar [aria-hidden]')).toContainText(/^200,000 operations/)
  await expect(progress).toHaveCount(0)
})

/** The id of the session of the inspected tab. */
function liveSession(panel: Frame): Promise<string> {
  return panel.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        devtools: { inspectedWindow: { tabId: number } }
        runtime: { sendMessage(message: object): Promise<{ id: string }> }
      }
    }
    return (await chrome.runtime.sendMessage({ type: 'session', tabId: chrome.devtools.inspectedWindow.tabId })).id
  })
}

/** In the panel: makes the pauses of sliced work longer, as on a busy machine. */
function slowDown(): void {
  const natives = [MessagePort, Worker].map(({ prototype }) => ({ prototype, post: prototype.postMessage }))
  window.speedUp = () => {
    for (const { prototype, post } of natives) prototype.postMessage = post
  }
  for (const { prototype, post } of natives) {
    prototype.postMessage = function (this: MessagePort | Worker, ...args: unknown[]) {
      setTimeout(() => Reflect.apply(post, this, args), 300)
    }
  }
}

declare global {
  interface Window {
    speedUp?: () => void
  }
}
