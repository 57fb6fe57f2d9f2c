// World: Node. A Chromium that the system has. Branded Google Chrome is left out on purpose: since version 137 it
// ignores --load-extension; Chromium and Chrome for Testing take it.

import { answersVersion } from './answers-version.ts'
import { pathsOf } from './paths-of.ts'

const commands = ['chromium', 'chromium-browser', 'chrome-for-testing']
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
]

export async function systemChromium(): Promise<string | undefined> {
  const candidates = [...pathsOf(commands), ...(process.platform === 'darwin' ? applications : [])]
  for (const path of candidates) if (await answersVersion(path)) return path
  return undefined
}
