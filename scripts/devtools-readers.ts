// World: Node; the strings that it evaluates run in a DevTools front-end that inspects nothing. It opens files in Chrome's
// own panels and reads what they show. The modules are internal to Chromium and may move: this is the only file that
// knows these.
import type { BrowserContext, Page } from 'playwright'
import { showPanel } from './devtools-front-end.ts'
import { waitUntil } from './wait-until.ts'

/** A request as the Network panel shows it. Times are seconds. */
export interface ShownRequest {
  url: string
  method: string
  status: number
  start: number
  duration: number
  transferSize: number
  type: string
  cached: boolean
}

/** An entry of a custom track in the Performance panel. Times are microseconds since the start of the trace. */
export interface ShownEntry {
  name: string
  group: string
  track: string
  color: string
  start: number
  duration: number
  properties: [name: string, value: string][]
}

export interface ShownTrace {
  entries: ShownEntry[]
  markers: string[]
  heapSamples: number
  /** Microseconds. */
  range: number
}

/** A front-end without a page. Its modules can only be imported once it stands. */
async function openFrontEnd(context: BrowserContext, tab: 'Network' | 'Performance'): Promise<Page> {
  const page = await context.newPage()
  await page.goto('devtools://devtools/bundled/devtools_app.html')
  await page.getByRole('tab', { name: tab }).click()
  return page
}

/** @param file the path of a HAR file with so many entries. */
export async function openInNetworkPanel(
  context: BrowserContext,
  file: string,
  entries: number,
): Promise<ShownRequest[]> {
  const page = await openFrontEnd(context, 'Network')
  await page.locator('input[type=file]').first().setInputFiles(file)
  const requests = `import('./models/logs/logs.js').then(logs => logs.NetworkLog.NetworkLog.instance().requests()`
  await waitUntil('the requests in the Network panel', async () => {
    return (await page.evaluate(`${requests}.length)`)) === entries
  })
  const shown = await page.evaluate(`${requests}.map(request => ({
    url: request.url(),
    method: request.requestMethod,
    status: request.statusCode,
    start: request.startTime,
    duration: request.duration,
    transferSize: request.transferSize,
    type: request.resourceType().name(),
    cached: request.cached(),
  })))`)
  await page.close()
  return shown as ShownRequest[]
}

/** @param file the path of a trace. */
export async function openInPerformancePanel(context: BrowserContext, file: string): Promise<ShownTrace> {
  const page = await openFrontEnd(context, 'Performance')
  await page.locator('input[type=file][accept*=".cpuprofile"]').first().setInputFiles(file)
  const shown = await shownTrace(page, 0)
  await page.close()
  return shown
}

/** Records with the Performance panel of a page's DevTools while `action` runs. */
export async function recordInPerformancePanel(frontend: Page, action: () => Promise<unknown>): Promise<ShownTrace> {
  const panel = `import('./panels/timeline/timeline.js')
    .then(timeline => timeline.TimelinePanel.TimelinePanel.instance())`
  const toggle = (): Promise<unknown> =>
    frontend.evaluate(`import('./ui/legacy/legacy.js')
      .then(UI => UI.ActionRegistry.ActionRegistry.instance().getAction('timeline.toggle-recording').execute())`)
  const isIn = (state: string) => async () => (await frontend.evaluate(`${panel}.then(panel => panel.state)`)) === state
  await showPanel(frontend, 'timeline')
  const earlier = Number(await frontend.evaluate(`${panel}.then(panel => panel.model.size())`))
  await toggle()
  await waitUntil('the recording', isIn('Recording'))
  await action()
  await toggle()
  await waitUntil('the end of the recording', isIn('Idle'))
  return shownTrace(frontend, earlier)
}

/** @param index of the trace, in the order in which they were opened or recorded. */
async function shownTrace(page: Page, index: number): Promise<ShownTrace> {
  const parsed = `import('./panels/timeline/timeline.js')
    .then(timeline => timeline.TimelinePanel.TimelinePanel.instance().model.parsedTrace(${index})?.data)`
  await waitUntil('the trace in the Performance panel', async () => {
    return (await page.evaluate(`${parsed}.then(Boolean)`)) === true
  })
  const shown = await page.evaluate(`${parsed}.then(({ Meta, ExtensionTraceData, Memory }) => ({
    range: Meta.traceBounds.range,
    markers: ExtensionTraceData.extensionMarkers.map(({ name }) => name),
    heapSamples: [...Memory.updateCountersByProcess.values()].reduce((all, { length }) => all + length, 0),
    entries: ExtensionTraceData.extensionTrackData.flatMap(({ name: group, entriesByTrack }) =>
      Object.entries(entriesByTrack).flatMap(([track, entries]) => entries.map(({ name, ts, dur, devtoolsObj }) => ({
        name, group, track, color: devtoolsObj.color, start: ts, duration: dur, properties: devtoolsObj.properties,
      })))),
  }))`)
  return shown as ShownTrace
}
