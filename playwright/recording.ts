// Node (the test's process): records the pages of a browser context.

import type { BrowserContext, Frame, Page, Request, Worker } from 'playwright/test'
import { secretNamesOf } from '../wire/secret-names.ts'
import { describeRequest } from './network-requests.ts'
import { BINDING, FLUSH_EVENT, type TestMessage } from './page-message.ts'
import { PageRecording } from './page-recording.ts'
import type { RecordingOptions } from './perf.ts'

/** Milliseconds to wait for what a page has not sent yet: one whose thread hangs never answers. */
const MAX_FLUSH_TIME = 5_000

export interface Recording {
  /** The recording of a page, with all that has happened until now. */
  of(page: Page): Promise<PageRecording>
  /** The pages in the order in which they were opened. */
  readonly pages: readonly Page[]
  stop(): void
}

/**
 * Pages that are open already are recorded from their next document on.
 * @param pageScript the bundle of page/main.ts, which `perf:page-script` is.
 */
export async function recordContext(
  context: BrowserContext,
  { callStacks, redact }: RecordingOptions,
  pageScript: string,
): Promise<Recording> {
  const secretNames = secretNamesOf({ redactedParameters: [...redact] })
  const recordings = new Map<Page, PageRecording>()
  const frameIds = new Map<Frame, number>()
  /** Descriptions of requests that are still to come. */
  const describing = new Set<Promise<void>>()

  const recordingOf = (page: Page): PageRecording => {
    const known = recordings.get(page)
    if (known) return known
    const recording = new PageRecording(Date.now(), secretNames)
    recordings.set(page, recording)
    page.on('crash', () => recording.crash())
    flushBeforeClose(page)
    return recording
  }

  const idOf = (frame: Frame): number => {
    if (frame === frame.page().mainFrame()) return 0
    const known = frameIds.get(frame) ?? frameIds.size + 1
    frameIds.set(frame, known)
    return known
  }

  const onMessage = ({ page, frame }: { page: Page; frame: Frame }, text: string): void => {
    const recording = recordingOf(page)
    for (const message of JSON.parse(text) as TestMessage[]) {
      if (message.type === 'document') recording.addDocument(message.document, message.wallOffset, idOf(frame))
      else recording.addBatch(message.stream, message.title, message.batch)
    }
  }

  const onRequest = (request: Request): void => {
    const page = pageOf(request)
    if (!page) return
    const recording = recordingOf(page)
    const described = describeRequest(request, secretNames).then(
      found => recording.addRequest(found),
      // The page was closed before Playwright could tell.
      () => undefined,
    )
    describing.add(described)
    void described.then(() => describing.delete(described))
  }
  const onPage = (page: Page): void => void recordingOf(page)

  await context.exposeBinding(BINDING, onMessage)
  // Strict, as a page would be handed our functions as the `caller` of its own.
  const setting = `'use strict';const perfTestOptions = ${JSON.stringify({ callStacks })};`
  await context.addInitScript({ content: `${setting}\n${pageScript}` })
  for (const page of context.pages()) onPage(page)
  context.on('page', onPage)
  context.on('requestfinished', onRequest)
  context.on('requestfailed', onRequest)

  return {
    get pages() {
      return [...recordings.keys()]
    },
    async of(page) {
      const recording = recordingOf(page)
      if (!page.isClosed()) await withinTime(Promise.all(page.frames().map(flush)))
      await withinTime(Promise.all(describing))
      recording.joinRequests()
      return recording
    },
    stop() {
      context.off('page', onPage)
      context.off('requestfinished', onRequest)
      context.off('requestfailed', onRequest)
    },
  }
}

/** Playwright drops what a page sends while it is being closed, so the page is asked before that. */
function flushBeforeClose(page: Page): void {
  const close = page.close.bind(page)
  page.close = async options => {
    if (!page.isClosed()) await withinTime(Promise.all(page.frames().map(flush)))
    return close(options)
  }
}

/** Asks a frame for all that it has not sent. Playwright tells what a frame sends meanwhile before the call returns. */
async function flush(frame: Frame): Promise<void> {
  await frame.evaluate(`performance.dispatchEvent(new Event('${FLUSH_EVENT}')), undefined`).catch(() => undefined)
}

/** Undefined for a request of a service worker, which belongs to no page. */
function pageOf(request: Request): Page | undefined {
  const { serviceWorker } = request as { serviceWorker?: () => Worker | null }
  try {
    return serviceWorker?.call(request) ? undefined : request.frame().page()
  } catch {
    // Of a page that has not been created yet: its first navigation.
    return undefined
  }
}

async function withinTime(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, MAX_FLUSH_TIME)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
