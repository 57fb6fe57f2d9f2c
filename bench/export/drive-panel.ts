// Node. What a user does in the panel.
import type { Frame } from 'playwright'
import type { DevTools } from '../../scripts/devtools-front-end.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import { timeExport } from './measured-panel.ts'

/** Milliseconds to wait for the slowest of them. */
const TIMEOUT = 180_000

/** Opens a stored session by its page's title. Milliseconds until all of it is shown. */
export async function openStored(panel: Frame, title: string, operations: number): Promise<number> {
  await panel.getByTitle('Switch session').click()
  const entry = panel.getByRole('button', { name: new RegExp(`^${title} `) })
  await entry.waitFor()
  const started = performance.now()
  await entry.click()
  const shown = new RegExp(`^${new Intl.NumberFormat('en-US').format(operations)} operations`)
  await waitUntil(
    `${operations} operations to be shown`,
    async () => shown.test((await panel.locator('.status-bar [aria-hidden]').textContent()) ?? ''),
    TIMEOUT,
  )
  return performance.now() - started
}

/** Exports the session that is shown. Milliseconds in the panel, and the file. */
export async function exportFile({ frontend, panel }: DevTools): Promise<{ took: number; path: string }> {
  const download = frontend.waitForEvent('download', { timeout: TIMEOUT })
  const took = await timeExport(panel)
  return { took, path: await (await download).path() }
}
