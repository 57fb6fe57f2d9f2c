// Node. The Chromium that benches run in when no extension is wanted.
import { type Browser, chromium } from 'playwright'
import { chromiumFlags } from '../../scripts/chromium-flags.ts'
import { findChromium } from '../../scripts/find-chromium.ts'

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: chromiumFlags({ headless: true, devtools: false }),
  })
}
