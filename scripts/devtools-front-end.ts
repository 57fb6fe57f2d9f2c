// World: Node; the strings that it evaluates run in the DevTools front-end. The modules they import are internal to
// Chromium and may move: this is the only file that knows them.

import type { BrowserContext, Frame, Page } from 'playwright'
import { waitUntil } from './wait-until.ts'

export interface DevTools {
  /** The DevTools as a page: it can be resized, photographed, clicked in, and gets the panel's downloads. */
  readonly frontend: Page
  /** The Perf panel's document. */
  readonly panel: Frame
}

const FRONT_END = 'devtools://devtools/bundled/devtools_app.html'

const inspectedTargetId = `import('./core/sdk/sdk.js')
  .then(SDK => SDK.TargetManager.TargetManager.instance().primaryPageTarget()?.id())`

/** The view is there once the front-end is ready and the extension's devtools page has made its panel. */
const showExtensionPanel = `import('./ui/legacy/legacy.js').then(async UI => {
  const manager = UI.ViewManager.ViewManager.instance()
  const view = [...manager.views.keys()].find(id => id.startsWith('chrome-extension'))
  if (view) await manager.showView(view)
  return view !== undefined
})`

/** The DevTools that inspect a page, with the extension's panel shown. Rejects when there is none in 30 s. */
export async function devtoolsFor(context: BrowserContext, page: Page): Promise<DevTools> {
  const frontend = await frontEndFor(context, page)
  await waitUntil(
    'the tab Perf in DevTools',
    async () => (await evaluateWhenReady(frontend, showExtensionPanel)) === true,
  )
  const panel = await waitUntil('the panel’s document', () => frontend.frames().find(isPanel))
  await panel.waitForLoadState('load')
  return { frontend, panel }
}

/** The DevTools that inspect a page, whatever tab they show. Rejects when there are none in 30 s. */
export async function frontEndFor(context: BrowserContext, page: Page): Promise<Page> {
  const id = await targetId(context, page)
  return waitUntil('the DevTools of the page', async () => {
    for (const candidate of context.pages()) {
      if (!candidate.url().startsWith(FRONT_END)) continue
      if ((await evaluateWhenReady(candidate, inspectedTargetId)) === id) return candidate
    }
    return undefined
  })
}

/** Shows one of DevTools' own panels. */
export async function showPanel(
  frontend: Page,
  name: 'network' | 'console' | 'timeline' | 'lighthouse',
): Promise<void> {
  await frontend.evaluate<unknown>(
    `import('./ui/legacy/legacy.js').then(UI => UI.ViewManager.ViewManager.instance().showView('${name}'))`,
  )
}

export async function openDevtools(context: BrowserContext, page: Page): Promise<DevTools> {
  const browser = context.browser()
  if (!browser) throw new Error('The browser is closed.')
  const session = await browser.newBrowserCDPSession()
  // Of the protocol's later versions; Playwright's types don't have it.
  const send = session.send.bind(session) as (method: string, params: object) => Promise<unknown>
  await send('Target.openDevTools', { targetId: await targetId(context, page) })
  await session.detach()
  return devtoolsFor(context, page)
}

function isPanel(frame: Frame): boolean {
  return frame.url().startsWith('chrome-extension://') && frame.url().includes('panel')
}

async function targetId(context: BrowserContext, page: Page): Promise<string> {
  const session = await context.newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  await session.detach()
  return targetInfo.targetId
}

/** The front-end's modules throw until it has started. */
async function evaluateWhenReady(frontend: Page, script: string): Promise<unknown> {
  try {
    return await frontend.evaluate<unknown>(script)
  } catch {
    return undefined
  }
}
