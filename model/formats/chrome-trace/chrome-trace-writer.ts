// Model: writes a session as a trace that Chrome's Performance panel opens. Operations are user timings with a custom track:
// https://developer.chrome.com/docs/devtools/performance/extension
// The panel shows no trace without a browser, a renderer and a CPU profile, however short.
import type { Kind } from '../../../wire/operations.ts'
import { groupByRoute } from '../../analysis/grouping.ts'
import { findInsights } from '../../insights/find-insights.ts'
import type { Insight } from '../../insights/insight.ts'
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { harDate } from '../har/har-date.ts'
import { timesOf } from '../operation-times.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { operationArgs } from '../trace/operation-args.ts'
import { createTraceClock } from '../trace/trace-clock.ts'

const BROWSER = { pid: 1, tid: 1 }
const RENDERER = { pid: 2, tid: 1 }
const PROFILER = { pid: 2, tid: 2 }
const FRAME = 'F0'
const TIMELINE = 'disabled-by-default-devtools.timeline'
const USER_TIMING = 'blink.user_timing'
/** The panel draws every track, so only the routes with most operations have one of their own. */
const MAX_TRACKS = 40
const OTHER_ROUTES = 'Other routes'
/** Milliseconds of the trace before the session: nothing may happen at its time 0. */
const LEAD = 1

const COLORS: Record<Kind, string> = {
  custom: 'primary',
  fetch: 'secondary',
  xhr: 'secondary-dark',
  beacon: 'tertiary-light',
  websocket: 'tertiary',
  eventsource: 'tertiary-dark',
  stream: 'tertiary-dark',
}
const GROUPS: Record<Kind, string> = {
  custom: 'Perf operations',
  fetch: 'Perf fetch',
  xhr: 'Perf XHR',
  beacon: 'Perf beacons',
  websocket: 'Perf WebSockets',
  eventsource: 'Perf EventSources',
  stream: 'Perf streams',
}

/** Operations for which insights are looked for: what they need in memory grows with the session. */
const MAX_FOR_INSIGHTS = 100_000

/** The session must not change until all parts have been requested. */
export function* writeChromeTrace(session: SessionModel): Generator<FilePart, void> {
  const { operations, memory, longTasks, marks, snapshots, gaps } = session
  const clock = createTraceClock(session, LEAD)
  const begin = (LEAD * 1_000) / 2
  const end = clock.at(session.latest) + 1
  const out = new PartWriter()
  let count = 0
  const add = (event: object): void => out.text(`${count++ > 0 ? ',' : ''}\n${JSON.stringify(event)}`)
  const url = marks[0]?.url ?? session.documents.top?.url ?? ''
  const metadata = { source: 'DevTools', startTime: harDate(clock.epoch + LEAD / 2), dataOrigin: 'TraceEvents' }
  out.text(`{"metadata":${JSON.stringify(metadata)},"traceEvents":[`)
  for (const event of frameOfTrace(begin, end, url)) add(event)

  let id = 0
  const marker = (time: number, name: string, color: string, properties: [string, string][] = []): void => {
    const devtools = { dataType: 'marker', color, tooltipText: name, properties }
    const detail = JSON.stringify({ devtools })
    const ts = clock.at(time)
    add({ ...RENDERER, ph: 'I', s: 't', cat: USER_TIMING, name, ts, args: { data: { detail, startTime: 0 } } })
  }
  for (const { time, url, navigationType } of marks) {
    marker(time, `Navigation: ${url}`, 'primary', [['Type', navigationType]])
  }
  for (const { time, label } of snapshots) marker(time, `Snapshot: ${label}`, 'tertiary')
  for (const { startTime, reason, count: lost } of gaps.all) {
    marker(startTime, `Gap: ${reason}`, 'warning', lost ? [['Lost', `${lost}`]] : [])
    if (out.isFull) yield out.take()
  }
  for (let i = 0; i < memory.length; i++) {
    const data = { jsHeapSizeUsed: memory.used.get(i), documents: 0, nodes: 0, jsEventListeners: 0 }
    const ts = clock.at(memory.time.get(i))
    add({ ...RENDERER, ph: 'I', s: 't', cat: TIMELINE, name: 'UpdateCounters', ts, args: { data } })
    if (out.isFull) yield out.take()
  }
  let freeFrom = begin
  for (let i = 0; i < longTasks.length; i++) {
    const start = longTasks.start.get(i)
    const ts = Math.max(freeFrom, clock.at(start))
    const dur = Math.max(0, clock.at(start + longTasks.duration.get(i)) - ts)
    add({ ...RENDERER, ph: 'X', cat: TIMELINE, name: 'RunTask', ts, dur, args: {} })
    freeFrom = ts + dur
    if (out.isFull) yield out.take()
  }
  for (const { kind, route, sentence, rows } of yield* insightsOf(session, out)) {
    const at = rows[0] === undefined ? session.first : operations.start.get(rows[0])
    marker(at, `Insight: ${route}`, 'warning', [
      ['Kind', kind],
      ['What', sentence],
    ])
  }
  const trackOf = yield* createTracks(session, out)
  for (let position = 0; position < operations.order.length; position++) {
    const row = operations.order.row(position)
    const kind = operations.kindOf(row)
    const { start, total } = timesOf(session, row)
    const name = operations.nameOf(row) || '(no name)'
    const args = operationArgs(session, row)
    const devtools = {
      dataType: 'track-entry',
      track: trackOf(row),
      trackGroup: GROUPS[kind],
      color: args.outcome === 'failed' ? 'error' : args.outcome === 'ok' ? COLORS[kind] : 'warning',
      tooltipText: name,
      properties: Object.entries(args).map(([key, value]) => [key, `${value}`]),
    }
    const common = { ...RENDERER, cat: USER_TIMING, name, id: `0x${(++id).toString(16)}` }
    const ts = clock.at(start)
    add({ ...common, ph: 'b', ts, args: { detail: JSON.stringify({ devtools }) } })
    add({ ...common, ph: 'e', ts: Math.max(ts, clock.at(start + total)), args: {} })
    out.countOperation()
    if (out.isFull) yield out.take()
  }
  out.text('\n]}\n')
  yield out.take()
}

/** What the panel needs in order to show anything. */
function* frameOfTrace(begin: number, end: number, url: string): Generator<object, void> {
  const named = (thread: { pid: number; tid: number }, kind: string, name: string): object => {
    return { ...thread, ph: 'M', cat: '__metadata', name: kind, ts: 0, args: { name } }
  }
  yield named(BROWSER, 'process_name', 'Browser')
  yield named(BROWSER, 'thread_name', 'CrBrowserMain')
  yield named(RENDERER, 'process_name', 'Renderer')
  yield named(RENDERER, 'thread_name', 'CrRendererMain')
  yield named(PROFILER, 'thread_name', 'v8:ProfEvntProc')
  const frame = { frame: FRAME, url, name: '', processId: RENDERER.pid, isInPrimaryMainFrame: true }
  const frames = [{ ...frame, isOutermostMainFrame: true }]
  const started = { frameTreeNodeId: 1, persistentIds: true, frames }
  const common = { ph: 'I', s: 't', cat: TIMELINE }
  yield { ...BROWSER, ...common, name: 'TracingStartedInBrowser', ts: begin, args: { data: started } }
  yield { ...RENDERER, ...common, name: 'SetLayerTreeId', ts: begin, args: { data: { frame: FRAME, layerTreeId: 1 } } }
  const profile = { ...PROFILER, ph: 'P', cat: 'disabled-by-default-v8.cpu_profiler', id: '0x1' }
  yield { ...profile, tid: RENDERER.tid, name: 'Profile', ts: begin, args: { data: { startTime: begin } } }
  const nodes = [{ id: 1, callFrame: { functionName: '(root)', scriptId: 0, codeType: 'other' } }]
  const chunk = { cpuProfile: { nodes, samples: [1, 1] }, timeDeltas: [0, end - begin] }
  yield { ...profile, name: 'ProfileChunk', ts: end, args: { data: chunk } }
  yield { ...RENDERER, ph: 'I', s: 't', cat: TIMELINE, name: 'SessionEnd', ts: end, args: {} }
}

function* insightsOf(session: SessionModel, out: PartWriter): Generator<FilePart, readonly Insight[]> {
  if (session.operations.length > MAX_FOR_INSIGHTS) return []
  const steps = findInsights(session)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value.ranked
    yield out.take()
  }
}

/** The track of each operation: its route, if that is one of those with most operations. */
function* createTracks(session: SessionModel, out: PartWriter): Generator<FilePart, (row: Row) => string> {
  const { operations } = session
  const grouping = groupByRoute(operations)
  const counts = new Map<number, number>()
  for (let position = 0; position < operations.order.length; position++) {
    const group = grouping.groupOf(operations.order.row(position))
    counts.set(group, (counts.get(group) ?? 0) + 1)
    if (position % STEP === 0) yield out.take()
  }
  const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_TRACKS)
  const shown = new Set(frequent.map(([group]) => group))
  return row => {
    const group = grouping.groupOf(row)
    return (shown.has(group) && grouping.nameOf(group)) || OTHER_ROUTES
  }
}

/** Operations between two `yield`s. */
const STEP = 4_096
