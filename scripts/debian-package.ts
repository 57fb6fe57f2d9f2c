// World: Node. A package of Debian's, by apt, which needs root.

import { existsSync } from 'node:fs'
import { run } from './run.ts'

/** Does nothing where there is no Debian, or no right to install. */
export async function installDebianPackage(name: string): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return
  console.log(`Trying apt-get install ${name}.`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env })
  await run('apt-get', ['install', '-y', '--no-install-recommends', name], { env })
}
