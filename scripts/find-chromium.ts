// World: Node. A Chromium that loads unpacked extensions: found, or else installed.

import { answersVersion } from './answers-version.ts'
import { bundledChromium, installBundledChromium } from './bundled-chromium.ts'
import { installDebianPackage } from './debian-package.ts'
import { systemChromium } from './system-chromium.ts'

/**
 * The executable's path. `CHROMIUM_PATH` is obeyed or an error; then Playwright's own, a system one, Playwright's
 * installer, and as root on Debian apt. Installing prints its output. Rejects with one sentence about what to do.
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (await answersVersion(given)) return given
    throw new Error(`CHROMIUM_PATH is ${given}, which is no browser that starts: correct or unset it.`)
  }
  const ways = [bundledChromium, systemChromium, installBundledChromium, debianChromium]
  for (const way of ways) {
    const path = await way()
    if (path) return path
  }
  throw new Error('No Chromium was found or could be installed: install Chromium and set CHROMIUM_PATH to its path.')
}

async function debianChromium(): Promise<string | undefined> {
  await installDebianPackage('chromium')
  return systemChromium()
}
