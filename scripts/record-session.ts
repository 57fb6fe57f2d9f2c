// World: Node. Records for a while, then keeps what the user would: the exported session, and a picture of the tab.

import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DevTools } from './devtools-front-end.ts'
import { lockSessions } from './lock-sessions.ts'
import { summarizeSession } from './session-summary.ts'
import type { StartOptions } from './start-options.ts'

const PICTURE_SIZE = { width: 1280, height: 800 }
/** A session of an hour is written in far less. */
const EXPORT_TIMEOUT_MS = 60_000

/** The file and the picture are of one moment, though the page goes on. The panel stands still from then on. */
export async function recordSession(
  { frontend, panel }: DevTools,
  { seconds, outDir }: Pick<StartOptions, 'seconds' | 'outDir'>,
): Promise<void> {
  const sessionPath = resolve(join(outDir, 'session.json'))
  const picturePath = resolve(join(outDir, 'panel.png'))
  await mkdir(outDir, { recursive: true })
  await frontend.setViewportSize(PICTURE_SIZE)
  console.log(`Recording ${seconds} s`)
  await new Promise(resolve => setTimeout(resolve, seconds * 1000))

  await panel.evaluate(lockSessions)
  let session = await exportSession({ frontend, panel }, sessionPath)
  let before: string
  do {
    // What the panel read last may not have been shown yet.
    before = session
    // Not with the pointer on a button.
    await frontend.mouse.move(0, 0)
    await frontend.screenshot({ path: picturePath })
    session = await exportSession({ frontend, panel }, sessionPath)
  } while (session !== before)

  console.log(`${sessionPath}\n${picturePath}`)
  console.log(summarizeSession(JSON.parse(session)))
}

/** By the panel's own button, so that the file is what a user would get. Resolves with its text. */
async function exportSession({ frontend, panel }: DevTools, path: string): Promise<string> {
  const button = panel.getByRole('button', { name: 'Export', exact: true })
  const downloading = frontend.waitForEvent('download', { timeout: EXPORT_TIMEOUT_MS })
  // A failing click is reported instead. Without this the abandoned wait would be an unhandled rejection.
  downloading.catch(() => undefined)
  try {
    await button.click()
  } catch (error) {
    throw new Error('The panel’s Export can’t be clicked: nothing was recorded, or the panel failed.', { cause: error })
  }
  try {
    await (await downloading).saveAs(path)
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new Error(`The panel’s Export gave no file within ${EXPORT_TIMEOUT_MS / 1000} s.`, { cause: error })
  }
}
