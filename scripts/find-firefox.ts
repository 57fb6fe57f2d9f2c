// World: Node. A Firefox: found, or else installed.

import { answersVersion } from './answers-version.ts'
import { installDebianPackage } from './debian-package.ts'
import { pathsOf } from './paths-of.ts'

const COMMANDS = ['firefox', 'firefox-esr', 'firefox-developer-edition']
const APPLICATION = '/Applications/Firefox.app/Contents/MacOS/firefox'

/** Its path. `FIREFOX_PATH` comes first; as root on Debian apt comes last. Rejects with one sentence about what to do. */
export async function findFirefox(): Promise<string> {
  const found = (await systemFirefox()) ?? (await debianFirefox())
  if (found) return found
  throw new Error('No Firefox was found or could be installed: install Firefox and set FIREFOX_PATH to its path.')
}

async function systemFirefox(): Promise<string | undefined> {
  const given = process.env.FIREFOX_PATH
  const candidates = given ? [given] : [...pathsOf(COMMANDS), APPLICATION]
  for (const path of candidates) if (await answersVersion(path, /Firefox/)) return path
  return undefined
}

async function debianFirefox(): Promise<string | undefined> {
  await installDebianPackage('firefox-esr')
  return systemFirefox()
}
