// World: Node. Debian's Chromium, by apt, which needs root.

import { existsSync } from 'node:fs'
import { run } from './run.ts'
import { systemChromium } from './system-chromium.ts'

export async function installDebianChromium(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  console.log('Trying apt-get install chromium.')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env })
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
  return systemChromium()
}
