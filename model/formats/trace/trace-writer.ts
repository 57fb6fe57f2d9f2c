// Model: writes a session in the trace event format, for Perfetto, the Firefox Profiler and speedscope:
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
// Chrome's Performance panel shows nothing of such a file: see `chrome-trace`.
import { KINDS, type Kind } from '../../../wire/operations.ts'
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { timesOf } from '../operation-times.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { Lanes, MAX_LANES } from './lanes.ts'
import { operationArgs } from './operation-args.ts'
import { createTraceClock } from './trace-clock.ts'

const PID = 1
/** The thread for marks, and that for long tasks. Lanes come after them. */
const MARKS = 1
const LONG_TASKS = 2
const FIRST_LANE = 10

const KIND_NAMES: Record<Kind, string> = {
  custom: 'Operations',
  fetch: 'Fetch',
  xhr: 'XHR',
  beacon: 'Beacon',
  websocket: 'WebSocket',
  eventsource: 'EventSource',
  stream: 'Stream',
}

/** The session must not change until all parts have been requested. */
export function* writeTrace(
  session: SessionModel,
  generator: { name: string; version: string },
): Generator<FilePart, void> {
  const { operations, memory, longTasks, marks, snapshots, gaps } = session
  const out = new PartWriter()
  const clock = createTraceClock(session)
  let count = 0
  const add = (event: object, completed = 0): void => {
    out.text(`${count++ > 0 ? ',' : ''}\n${JSON.stringify(event)}`, completed)
  }
  const name = (tid: number, text: string): void => {
    add({ ph: 'M', name: 'thread_name', pid: PID, tid, ts: 0, args: { name: text } })
    add({ ph: 'M', name: 'thread_sort_index', pid: PID, tid, ts: 0, args: { sort_index: tid } })
  }
  out.text('{"displayTimeUnit":"ms","traceEvents":[')
  add({ ph: 'M', name: 'process_name', pid: PID, tid: 0, ts: 0, args: { name: 'Perf' } })
  name(MARKS, 'Marks')
  for (const { time, url } of marks) add(instant('navigation', 'Navigation', clock.at(time), { url }))
  for (const { time, label, usedBytes } of snapshots) {
    add(instant('snapshot', label, clock.at(time), usedBytes === undefined ? {} : { usedBytes }))
    if (out.isFull) yield out.take()
  }
  for (const { startTime, endTime, reason, count: lost } of gaps.all) {
    const args = { until: endTime === undefined ? 'the end' : clock.at(endTime), ...(lost ? { lost } : {}) }
    add(instant('gap', `Gap: ${reason}`, clock.at(startTime), args))
    if (out.isFull) yield out.take()
  }
  for (let i = 0; i < memory.length; i++) {
    const [ts, used, total] = [clock.at(memory.time.get(i)), memory.used.get(i), memory.total.get(i)]
    add({ ph: 'C', name: 'JS heap', cat: 'memory', pid: PID, tid: 0, ts, args: { used, total } })
    if (out.isFull) yield out.take()
  }
  if (longTasks.length > 0) name(LONG_TASKS, 'Long tasks')
  let freeFrom = 0
  for (let i = 0; i < longTasks.length; i++) {
    const start = longTasks.start.get(i)
    // Frames of several processes have long tasks at the same time: those are shortened to what has no other.
    const ts = Math.max(freeFrom, clock.at(start))
    const dur = Math.max(0, clock.at(start + longTasks.duration.get(i)) - ts)
    add({ ph: 'X', name: 'Long task', cat: 'longtask', pid: PID, tid: LONG_TASKS, ts, dur, args: {} })
    freeFrom = ts + dur
    if (out.isFull) yield out.take()
  }
  const lanes = KINDS.map(() => new Lanes())
  const named = new Set<number>()
  const write = (row: Row): void => {
    const kind = operations.kind.get(row)
    const { start, total } = timesOf(session, row)
    const ts = clock.at(start)
    const dur = Math.max(0, clock.at(start + total) - ts)
    const lane = (lanes[kind] as Lanes).place(ts, ts + dur)
    const tid = FIRST_LANE + kind * (MAX_LANES + 1) + (lane ?? MAX_LANES)
    if (!named.has(tid)) {
      const label = KIND_NAMES[operations.kindOf(row)]
      name(tid, lane === 0 ? label : lane === undefined ? `${label}, starts of more` : `${label} ${lane + 1}`)
      named.add(tid)
    }
    const event = { name: operations.nameOf(row) || '(no name)', cat: operations.kindOf(row), pid: PID, tid, ts }
    const args = operationArgs(session, row)
    const color = args.outcome === 'failed' ? { cname: 'terrible' } : {}
    if (lane === undefined) add({ ph: 'i', s: 't', ...event, args: { ...args, duration: total } }, 1)
    else add({ ph: 'X', ...event, dur, ...color, args }, 1)
  }
  for (let position = 0; position < operations.order.length; position++) {
    write(operations.order.row(position))
    if (out.isFull) yield out.take()
  }
  const otherData = { generator: `${generator.name} ${generator.version}`, epochMs: clock.epoch }
  out.text(`\n],"otherData":${JSON.stringify(otherData)}}\n`)
  yield out.take()
}

function instant(cat: string, name: string, ts: number, args: object): object {
  return { ph: 'i', s: 'p', name: name || '(no label)', cat, pid: PID, tid: MARKS, ts, args }
}
