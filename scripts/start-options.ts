// World: Node. What `npm start -- …` understands.

import { parseArgs } from 'node:util'
import type { Theme } from './browser-profile.ts'
import type { BrowserName } from './build.ts'

export interface StartOptions {
  readonly browser: BrowserName
  /** The demo when absent. */
  readonly url?: string
  readonly headless: boolean
  readonly seconds: number
  readonly outDir: string
  readonly theme: Theme
}

/** Without a limit a mistyped number would record for days. */
const MAX_SECONDS = 3_600

export const usage = `npm start -- [options]

Opens a browser with the extension and DevTools on Perf. Without a display, or with --headless, records a
session into files instead.

  --browser NAME   chromium or firefox (default chromium)
  --url URL        the page to inspect (default: the demo, driving itself)
  --headless       record without a window
  --seconds N      how long to record (default 10, at most ${MAX_SECONDS})
  --out DIR        where session.json and panel.png go (default out)
  --theme THEME    light or dark (default light)
  --help           this text`

/** Throws an Error with one sentence for people when an argument is wrong. */
export function parseStartOptions(args: string[]): StartOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      browser: { type: 'string', default: 'chromium' },
      url: { type: 'string' },
      headless: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '10' },
      out: { type: 'string', default: 'out' },
      theme: { type: 'string', default: 'light' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const seconds = Number(values.seconds)
  if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
    throw new Error(`--seconds takes a number above 0, at most ${MAX_SECONDS}; it was given ${values.seconds}.`)
  }
  if (values.browser !== 'chromium' && values.browser !== 'firefox') {
    throw new Error(`--browser takes chromium or firefox; it was given ${values.browser}.`)
  }
  if (values.theme !== 'light' && values.theme !== 'dark') {
    throw new Error(`--theme takes light or dark; it was given ${values.theme}.`)
  }
  if (values.url !== undefined && !URL.canParse(values.url)) {
    throw new Error(`--url takes a whole URL such as https://example.org; it was given ${values.url}.`)
  }
  const { browser, headless, theme, url, out } = values
  return { browser, headless, seconds, outDir: out, theme, ...(url === undefined ? {} : { url }) }
}
