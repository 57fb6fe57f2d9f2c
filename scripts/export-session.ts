// World: Node. The session that the panel shows, had as a user has it.

import { readFile } from 'node:fs/promises'
import type { SessionFile } from '../session/format.ts'
import type { DevTools } from './devtools-front-end.ts'

/** Clicks Export and reads the file that is downloaded. */
export async function exportSession(devtools: DevTools): Promise<SessionFile> {
  return JSON.parse(await exportSessionText(devtools)) as SessionFile
}

/** The same, as the file has it. */
export async function exportSessionText({ frontend, panel }: DevTools): Promise<string> {
  const download = frontend.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export', exact: true }).click()
  return readFile(await (await download).path(), 'utf8')
}
