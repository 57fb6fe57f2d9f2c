// World: Node. The Chromium that Playwright downloads.

import { chromium } from 'playwright'
import { answersVersion } from './answers-version.ts'
import { runNodeModule } from './run-node-module.ts'

export async function bundledChromium(): Promise<string | undefined> {
  const path = chromium.executablePath()
  return path && (await answersVersion(path)) ? path : undefined
}

export async function installBundledChromium(): Promise<string | undefined> {
  console.log('No Chromium found: trying Playwright’s installer.')
  await runNodeModule('playwright/cli.js', ['install', '--no-shell', 'chromium'])
  return bundledChromium()
}
