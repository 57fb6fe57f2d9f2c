// Test (Node): a page that attacks, beside a frame of another origin that does nothing wrong.
import { waitUntil } from '../../../scripts/wait-until.ts'
import type { SessionFile } from '../../../session/format.ts'
import { expect, exportWhen, type InspectedPage, rowsOf } from '../perf-test.ts'
import { schemaErrors } from '../session-schema.ts'
import { serveHtml } from './html-server.ts'

interface Demo {
  otherOrigin: string
}

/**
 * Loads a page whose first inline script is `attack`; `result(text)` in it is what `resultOf` reads, `see(what)` adds to
 * that, and `track` records an operation of the page's own. All hold what they need from before the attack.
 */
export async function openHostilePage(
  { page }: Pick<InspectedPage, 'page'>,
  demo: Demo,
  attack: string,
): Promise<void> {
  const prelude = `
    const { dataset } = document.documentElement
    const result = text => { dataset.result = text }
    let seen = ''
    const see = what => result(seen += what + ' ')
    const monitor = window.PerformanceMonitor?.getInstance()
    const track = name => monitor.trackOperation(name, async () => {})`
  const body = `<!doctype html><title>Hostile</title><link rel="icon" href="data:,">
    <script>{${prelude};${attack}}</script>
    <iframe src="${demo.otherOrigin}/empty?bystander"></iframe>`
  const server = await serveHtml(body)
  page.once('close', server.close)
  await page.goto(`${server.url}/hostile`)
}

/** What the attack said with `result`: read from another world, which it can't have changed. */
export async function resultOf({ page }: InspectedPage): Promise<string | null> {
  return page.locator('html').getAttribute('data-result')
}

/** The bystander is recorded, the panel lists what it did, and the export is one. */
export async function expectUnharmed(inspected: InspectedPage): Promise<SessionFile> {
  const frame = await waitUntil('the bystander', () =>
    inspected.page.frames().find(each => each.url().includes('?bystander')),
  )
  await frame.evaluate(async () => {
    const monitor = window.PerformanceMonitor.getInstance()
    for (let i = 0; i < 3; i++) await monitor.trackOperation('bystander', () => Promise.resolve())
  })
  await expect(rowsOf(inspected.panel).filter({ hasText: 'bystander' })).toHaveCount(3)
  const session = await exportWhen(inspected, ({ operations }) => namesOf({ operations }, 'bystander').length === 3)
  expect(schemaErrors(session)).toEqual([])
  return session
}

export function namesOf({ operations }: Pick<SessionFile, 'operations'>, start = ''): string[] {
  return operations.map(({ operationName }) => operationName).filter(name => name.startsWith(start))
}
