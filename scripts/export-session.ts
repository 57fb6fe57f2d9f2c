// World: Node. The session that the panel shows, had as a user has it.

import { readFile } from 'node:fs/promises'
import type { SessionFile } from '../session/format.ts'
import type { DevTools } from './devtools-front-end.ts'

/** Clicks Export and reads the file that is downloaded. A large session on a busy machine takes longer than the timeout (ms). */
export async function exportSession(devtools: DevTools, timeout?: number): Promise<SessionFile> {
  return JSON.parse(await exportSessionText(devtools, timeout)) as SessionFile
}

/** The same, as the file has it. */
export async function exportSessionText({ frontend, panel }: DevTools, timeout = 30_000): Promise<string> {
  const download = frontend.waitForEvent('download', { timeout })
  await panel.getByRole('button', { name: 'Export', exact: true }).click({ timeout })
  return readFile(await (await download).path(), 'utf8')
}
