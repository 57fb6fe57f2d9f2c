// World: Node. Records for a while in Firefox, then keeps what the user would: the exported session, and a picture.

import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FirefoxSession } from './firefox-session.ts'
import { summarizeSession } from './session-summary.ts'
import type { StartOptions } from './start-options.ts'

/** Unlike in Chromium, the picture may show some more than the file, as recording goes on between them. */
export async function recordInFirefox(
  firefox: FirefoxSession,
  { seconds, outDir }: Pick<StartOptions, 'seconds' | 'outDir'>,
): Promise<void> {
  await mkdir(outDir, { recursive: true })
  console.log(`Recording ${seconds} s`)
  await new Promise(resolve => setTimeout(resolve, seconds * 1000))
  const session = await firefox.download(() => firefox.inPanel(`document.querySelector('.tool.export').click()`))
  const sessionPath = resolve(join(outDir, 'session.json'))
  const picturePath = resolve(join(outDir, 'panel.png'))
  await writeFile(sessionPath, session)
  await writeFile(picturePath, await firefox.screenshot())
  console.log(`${sessionPath}\n${picturePath}`)
  console.log(summarizeSession(JSON.parse(session.toString())))
}
