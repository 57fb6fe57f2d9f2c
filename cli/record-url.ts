// Node: records a page in a browser of its own, which the project's Playwright starts.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pageScript from 'perf:page-script'
import type { BrowserType, Page } from 'playwright/test'
import type { SessionModel } from '../model/session/session-model.ts'
import { recordContext } from '../playwright/recording.ts'
import { UsageError } from './usage.ts'

/** Milliseconds without a request after which a page counts as loaded. */
const QUIET_TIME = 500

export interface RecordOptions {
  browser: 'chromium' | 'firefox' | 'webkit'
  /** Of the browser, where it is not Playwright's own. */
  executablePath: string | undefined
  headed: boolean
  /** Milliseconds from the page's load on; undefined until it makes no requests any more. */
  duration: number | undefined
  /** Milliseconds that the page may take to load, and to become quiet. */
  timeout: number
}

export async function recordUrl(url: string, options: RecordOptions): Promise<SessionModel> {
  const type = await browserType(options.browser)
  const { executablePath, headed, timeout } = options
  const launch = { headless: !headed, timeout, ...(executablePath === undefined ? {} : { executablePath }) }
  const browser = await type.launch(launch).catch(error => {
    throw new UsageError(`${options.browser} cannot be started: ${firstLine(error)}`)
  })
  try {
    const context = await browser.newContext()
    const recording = await recordContext(context, { callStacks: true, redact: [] }, pageScript)
    const page = await context.newPage()
    await page.goto(url, { timeout }).catch(error => {
      throw new UsageError(`${url} cannot be opened: ${firstLine(error)}`)
    })
    await settle(page, options)
    return (await recording.of(page)).session
  } finally {
    await browser.close()
  }
}

async function settle(page: Page, { duration, timeout }: RecordOptions): Promise<void> {
  if (duration !== undefined) await page.waitForTimeout(duration)
  // A page that always makes requests is recorded until the time is over.
  else await Promise.race([quiet(page), page.waitForTimeout(timeout)])
}

/** Resolves when the page has made no requests for a while. */
function quiet(page: Page): Promise<void> {
  return new Promise(resolve => {
    let open = 0
    let timer = setTimeout(resolve, QUIET_TIME)
    const change = (by: number): void => {
      open += by
      clearTimeout(timer)
      if (open <= 0) timer = setTimeout(resolve, QUIET_TIME)
    }
    page.on('request', () => change(1))
    page.on('requestfinished', () => change(-1))
    page.on('requestfailed', () => change(-1))
  })
}

/** From the Playwright that the project has installed. */
async function browserType(name: RecordOptions['browser']): Promise<BrowserType> {
  const project = createRequire(join(process.cwd(), 'package.json'))
  for (const library of ['playwright-core', 'playwright', '@playwright/test']) {
    try {
      const found = (await import(pathToFileURL(project.resolve(library)).href)) as Record<string, unknown>
      const types = (found[name] ?? (found.default as Record<string, unknown> | undefined)?.[name]) as BrowserType
      if (types) return types
    } catch {
      // The next one may be installed.
    }
  }
  throw new UsageError('Playwright is not installed here: run npm install --save-dev playwright.')
}

function firstLine(error: unknown): string {
  const [line = ''] = String((error as Error).message).split('\n')
  return /[.!?]$/.test(line) ? line : `${line}.`
}
