// World: Node. The session that the panel shows, had as a user has it.

import { readFile } from 'node:fs/promises'
import type { SessionFile } from '../session/format.ts'
import type { DevTools } from './devtools-front-end.ts'

/** Clicks Export and reads the file that is downloaded. */
export async function exportSession({ frontend, panel }: DevTools): Promise<SessionFile> {
  const download = frontend.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export', exact: true }).click()
  const path = await (await download).path()
  return JSON.parse(await readFile(path, 'utf8')) as SessionFile
}
