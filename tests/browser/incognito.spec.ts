// Test (real Chromium, real DevTools): incognito windows are recorded, and nothing of them outlives them.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Page, Worker } from 'playwright/test'
import { type ChromiumSession, openChromium } from '../../scripts/chromium-session.ts'
import type { SessionFile } from '../../session/format.ts'
import {
  test as base,
  EXTENSION,
  expect,
  type InspectedPage,
  rowsOf,
  showSingleOperations,
  track,
} from './perf-test.ts'

interface Fixtures {
  /** The extension's worker in the normal profile. The extension is allowed in incognito windows. */
  normal: Worker
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  chromium: async ({}, use) => {
    const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: false })
    await use(chromium)
    await chromium.close()
  },
  normal: async ({ chromium: { context } }, use) => {
    if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker')
    // The extension is loaded again.
    const restarted = context.waitForEvent('serviceworker')
    await allowIncognito(context)
    await use(await restarted)
  },
})

/** As the switch among the extension's details does. */
async function allowIncognito(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(async () => {
    interface DeveloperPrivate {
      getExtensionsInfo(): Promise<{ id: string; name: string }[]>
      updateExtensionConfiguration(update: { extensionId: string; incognitoAccess: boolean }): Promise<void>
    }
    const { developerPrivate } = chrome as unknown as { developerPrivate: DeveloperPrivate }
    const perf = (await developerPrivate.getExtensionsInfo()).find(({ name }) => name === 'Perf')
    if (!perf) throw new Error('There is no Perf')
    await developerPrivate.updateExtensionConfiguration({ extensionId: perf.id, incognitoAccess: true })
  })
  await page.close()
}

/** A page in a new incognito window. */
async function openIncognito({ context }: ChromiumSession, normal: Worker, url: string): Promise<Page> {
  const opened = context.waitForEvent('page')
  await normal.evaluate(async address => void (await chrome.windows.create({ incognito: true, url: address })), url)
  const page = await opened
  await page.waitForURL(url)
  return page
}

async function inspect(chromium: ChromiumSession, page: Page): Promise<InspectedPage> {
  const devtools = await chromium.openDevtools(page)
  await showSingleOperations(devtools.panel)
  // The page was there before its DevTools.
  await expect.poll(() => page.evaluate(() => 'PerformanceMonitor' in window)).toBe(true)
  return { page, ...devtools }
}

/**
 * As `exportSession`. Playwright lets only the pages of the normal profile download; this lets all of the page's profile.
 * https://chromedevtools.github.io/devtools-protocol/tot/Page/#method-setDownloadBehavior
 */
async function exportIncognito({ page, panel, frontend }: InspectedPage, downloadPath: string): Promise<SessionFile> {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath })
  const downloading = frontend.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export', exact: true }).click()
  const path = join(downloadPath, (await downloading).suggestedFilename())
  await expect.poll(() => existsSync(path)).toBe(true)
  return JSON.parse(await readFile(path, 'utf8')) as SessionFile
}

/** All that a profile's extension has stored, as text. Runs in one of its workers. */
async function storedByExtension(): Promise<{ databases: string; storage: string; files: string[] }> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const records: unknown[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name))
    for (const store of db.objectStoreNames) {
      records.push(...(await done(db.transaction(store).objectStore(store).getAll())))
    }
    db.close()
  }
  const files: string[] = []
  const directory = await navigator.storage.getDirectory()
  const exported = await directory.getDirectoryHandle('exports', { create: true })
  for await (const file of (exported as unknown as { keys(): AsyncIterable<string> }).keys()) files.push(file)
  const { local, session } = chrome.storage
  const [kept, inMemory] = [await local.get(null), await session.get(null)]
  const storage = JSON.stringify({ ...kept, ...inMemory })
  return { databases: JSON.stringify(records), storage, files }
}

/** The files below a directory that contain a text, in whatever of two encodings. */
async function filesWith(text: string, directory: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    // The browser may have removed it by now.
    const bytes = await readFile(path).catch(() => Buffer.of())
    if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(path)
  }
  return found
}

/** In every name and URL of an incognito window, and nowhere else. */
const MARK = 'inc0gnito'

test(
  'an incognito window is recorded, exported, and leaves nothing in the normal profile',
  { tag: '@waits' },
  async ({ chromium, normal, demo }, testInfo) => {
    const page = await openIncognito(chromium, normal, `${demo.url}/empty?${MARK}`)
    const incognito = await inspect(chromium, page)
    const { panel, frontend } = incognito
    await track(page, `${MARK} checkout`)
    await page.evaluate(mark => fetch(`/api/users/1?${mark}`).then(response => response.text()), MARK)
    await expect(rowsOf(panel)).toHaveCount(2)

    // Each page is left with what it has just done still under way to the worker.
    for (let visit = 0; visit < 3; visit++) {
      await page.evaluate(name => {
        addEventListener(
          'pagehide',
          () => void window.PerformanceMonitor.getInstance().trackOperation(name, async () => 1),
        )
      }, `${MARK} leaving ${visit}`)
      await page.goto(`${demo.url}/empty?${MARK}&${visit}`)
      await expect(rowsOf(panel).filter({ hasText: `leaving ${visit}` })).toHaveCount(1)
    }
    expect((await exportIncognito(incognito, testInfo.outputPath('first'))).operations).toHaveLength(5)

    await panel.getByRole('button', { name: 'Settings' }).click()
    const dialog = panel.getByRole('dialog', { name: 'Settings' })
    await expect(dialog).toContainText('incognito windows only')
    await dialog.getByRole('textbox', { name: /parameters/ }).fill(`${MARK}Token`)
    await frontend.keyboard.press('Tab')
    await dialog.getByRole('spinbutton', { name: /Keep for/ }).fill('30')
    await frontend.keyboard.press('Tab')
    await frontend.keyboard.press('Escape')
    await page.evaluate(mark => fetch(`/api/users/2?${mark}Token=s3cr3t`).then(response => response.text()), MARK)
    await expect(rowsOf(panel)).toHaveCount(6)
    const { operations } = await exportIncognito(incognito, testInfo.outputPath('second'))
    expect(JSON.stringify(operations)).toContain(`${MARK}Token=`)
    expect(JSON.stringify(operations)).not.toContain('s3cr3t')

    const isEmpty = { databases: '[]', storage: expect.not.stringContaining(MARK), files: [] }
    expect(await normal.evaluate(storedByExtension)).toEqual(isEmpty)
    await page.close()
    // As a page of the last incognito window does, when its worker has ended already.
    await normal.evaluate(mark => chrome.storage.session.set({ 'unload:stream:1': mark }), MARK)
    const leftKeys = () =>
      normal.evaluate(async () =>
        Object.keys(await chrome.storage.session.get(null)).filter(key => key.startsWith('unload:')),
      )
    await expect.poll(leftKeys, { timeout: 40_000 }).toEqual([])
    expect(await normal.evaluate(storedByExtension)).toEqual(isEmpty)
    expect(await normal.evaluate(() => chrome.storage.local.get(null))).toEqual({})
    expect(await filesWith(MARK, chromium.profileDir)).toEqual([])
  },
)

test('the next incognito window knows nothing of the one before', { tag: '@waits' }, async ({
  chromium,
  normal,
  demo,
}) => {
  const first = await inspect(chromium, await openIncognito(chromium, normal, `${demo.url}/empty`))
  await track(first.page, 'first')
  await expect(rowsOf(first.panel)).toHaveCount(1)
  const slow = first.panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })
  await slow.fill('30')
  await slow.press('Enter')
  await first.page.close()
  // The incognito profile has ended when its worker has. Chromium 156 crashes where a window is opened before that.
  await expect.poll(() => chromium.context.serviceWorkers()).toEqual([normal])

  const second = await inspect(chromium, await openIncognito(chromium, normal, `${demo.url}/empty`))
  await track(second.page, 'second')
  await expect(rowsOf(second.panel)).toHaveText([/second/])
  await expect(second.panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })).toHaveValue('1000')
  await second.panel.getByTitle('Switch session').click()
  await expect(second.panel.getByText('None yet')).toContainText('until you close all incognito windows')
})

test('settings of the normal windows hold in incognito ones until they are changed there', async ({
  chromium,
  normal,
  demo,
}) => {
  const setSlow = (slowThresholdMs: number) =>
    normal.evaluate(settings => chrome.storage.local.set({ settings }), { slowThresholdMs })
  await setSlow(40)
  const { panel } = await inspect(chromium, await openIncognito(chromium, normal, `${demo.url}/empty`))
  const slow = panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })
  await expect(slow).toHaveValue('40')
  await setSlow(50)
  await expect(slow).toHaveValue('50')
  await slow.fill('60')
  await slow.press('Enter')
  const other = await inspect(chromium, await openIncognito(chromium, normal, `${demo.url}/empty?other`))
  await expect(other.panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })).toHaveValue('60')
  await setSlow(70)
  await other.panel.getByRole('spinbutton', { name: 'Slow ≥ ms' }).fill('80')
  await other.panel.getByRole('spinbutton', { name: 'Slow ≥ ms' }).press('Enter')
  await expect(slow).toHaveValue('80')
  expect(await normal.evaluate(() => chrome.storage.local.get('settings'))).toEqual({
    settings: { slowThresholdMs: 70 },
  })
})

/** Whether the first script of a page finds the monitor. */
async function recordsFromStart(page: Page): Promise<boolean> {
  await page.route('**/first', route =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><script>window.seen = "PerformanceMonitor" in window</script>',
    }),
  )
  await page.goto(new URL('/first', page.url()).href)
  return page.evaluate(() => (window as unknown as { seen: boolean }).seen)
}

test('closing DevTools in one profile leaves the other recording', async ({ chromium, normal, demo }) => {
  const pages = {
    normal: await chromium.context.newPage(),
    incognito: await openIncognito(chromium, normal, `${demo.url}/empty`),
  }
  await pages.normal.goto(`${demo.url}/empty`)
  for (const [closing, staying] of [
    ['normal', 'incognito'],
    ['incognito', 'normal'],
  ] as const) {
    const closed = await inspect(chromium, pages[closing])
    const open = await inspect(chromium, pages[staying])
    await closed.frontend.close()
    await expect.poll(() => closed.page.evaluate(() => 'PerformanceMonitor' in window)).toBe(false)
    await expect.poll(() => recordsFromStart(open.page)).toBe(true)
    await track(open.page, 'goes on')
    await expect(rowsOf(open.panel).filter({ hasText: 'goes on' })).toHaveCount(1)
    await open.frontend.close()
    await expect.poll(() => open.page.evaluate(() => 'PerformanceMonitor' in window)).toBe(false)
    // Nothing runs in any page any more.
    const registered = () => normal.evaluate(() => chrome.scripting.getRegisteredContentScripts())
    await expect.poll(registered).toEqual([])
  }
})

/** Stops the extension's worker in the profile of a page. */
async function stopWorker({ context, debuggingPort }: ChromiumSession, page: Page): Promise<void> {
  const ofPage = await context.newCDPSession(page)
  const { targetInfo } = await ofPage.send('Target.getTargetInfo')
  const { targetInfos } = await ofPage.send('Target.getTargets')
  const worker = targetInfos.find(
    ({ type, browserContextId }) => type === 'service_worker' && browserContextId === targetInfo.browserContextId,
  )
  expect(worker).toBeDefined()
  await fetch(`http://127.0.0.1:${debuggingPort}/json/close/${worker?.targetId}`)
}

test('a new worker in the normal profile leaves an incognito window recording', { tag: '@waits' }, async ({
  chromium,
  normal,
  demo,
}) => {
  const page = await chromium.context.newPage()
  await page.goto(`${demo.url}/empty`)
  const incognito = await inspect(chromium, await openIncognito(chromium, normal, `${demo.url}/empty`))
  const unregistered = () =>
    incognito.panel.evaluate(
      async () => (await chrome.storage.session.get('scripts-unregistered'))['scripts-unregistered'],
    )
  const before = await unregistered()
  await stopWorker(chromium, page)
  // The scripts are in this page too, and wake the worker. Some seconds later it tidies up after the last one.
  await page.reload()
  await expect.poll(unregistered).not.toBe(before)
  await expect.poll(() => recordsFromStart(incognito.page)).toBe(true)
  await track(incognito.page, 'goes on')
  await expect(rowsOf(incognito.panel).filter({ hasText: 'goes on' })).toHaveCount(1)
})
