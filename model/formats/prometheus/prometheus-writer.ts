// Model: the statistics of a session in Prometheus' text format, version 0.0.4:
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
import type { SessionModel } from '../../session/session-model.ts'
import { PartWriter } from '../part-writer.ts'
import { type RouteSeries, routeSeries } from '../route-series.ts'
import type { FilePart } from '../session/session-bytes.ts'

/** Upper bounds in seconds: the defaults of Prometheus' own client libraries, and two for what users wait for. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

class BoundedBuckets {
  /** The last one counts what is over all bounds. */
  readonly counts = new Float64Array(BOUNDS.length + 1)
  sum = 0

  record(seconds: number): void {
    const index = BOUNDS.findIndex(bound => seconds <= bound)
    ;(this.counts[index < 0 ? BOUNDS.length : index] as number)++
    this.sum += seconds
  }
}

/** The session must not change until all parts have been requested. */
export function* writePrometheus(session: SessionModel): Generator<FilePart, void> {
  const out = new PartWriter()
  const steps = routeSeries(session, () => new BoundedBuckets())
  let series: RouteSeries<BoundedBuckets>[] | undefined
  while (!series) {
    const step = steps.next()
    if (step.done) series = step.value
    else yield out.take()
  }
  metric(out, 'perf_operations_total', 'counter', 'Operations, by route, kind and outcome.')
  for (const each of series) {
    out.text(`perf_operations_total{${labelsOf(each)}} ${each.count}\n`)
    if (out.isFull) yield out.take()
  }
  metric(out, 'perf_operation_duration_seconds', 'histogram', 'How long operations that have ended took.')
  for (const each of series) {
    if (each.outcome === 'pending') continue
    const labels = labelsOf(each)
    let count = 0
    for (const [i, bound] of [...BOUNDS, '+Inf'].entries()) {
      count += each.durations.counts[i] as number
      out.text(`perf_operation_duration_seconds_bucket{${labels},le="${bound}"} ${count}\n`)
    }
    out.text(`perf_operation_duration_seconds_sum{${labels}} ${each.durations.sum}\n`)
    out.text(`perf_operation_duration_seconds_count{${labels}} ${count}\n`)
    if (out.isFull) yield out.take()
  }
  writeTotals(out, session)
  yield out.take()
}

function writeTotals(out: PartWriter, session: SessionModel): void {
  const { memory, longTasks, gaps, marks, first, latest } = session
  const single = (name: string, type: string, help: string, value: number): void => {
    metric(out, name, type, help)
    out.text(`${name} ${value}\n`)
  }
  single('perf_session_start_time_seconds', 'gauge', 'When the session began, in Unix time.', first / 1_000)
  single('perf_session_duration_seconds', 'gauge', 'How long the session lasted.', (latest - first) / 1_000)
  single('perf_navigations_total', 'counter', 'Navigations of the recorded tab.', marks.length)
  single('perf_lost_operations_total', 'counter', 'Operations that are known to be missing.', gaps.lost)
  let blocked = 0
  for (let i = 0; i < longTasks.length; i++) blocked += longTasks.duration.get(i)
  single('perf_long_tasks_total', 'counter', 'Tasks of 50 ms or more on the main thread.', longTasks.length)
  single('perf_long_task_duration_seconds_total', 'counter', 'How long those tasks took.', blocked / 1_000)
  const last = memory.length - 1
  if (last < 0) return
  single('perf_heap_used_bytes', 'gauge', 'The JavaScript heap in use, at the last sample.', memory.used.get(last))
  single('perf_heap_size_bytes', 'gauge', 'The allocated JavaScript heap, at the last sample.', memory.total.get(last))
  single('perf_heap_limit_bytes', 'gauge', 'The size to which the heap may grow.', memory.limit.get(last))
}

function metric(out: PartWriter, name: string, type: string, help: string): void {
  out.text(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`)
}

/** The overflow series is labelled as OpenTelemetry does, where a limit on attributes is reached. */
function labelsOf({ route = '(other routes)', kind, outcome }: RouteSeries<unknown>): string {
  return `route="${escaped(route)}",kind="${kind}",outcome="${outcome}"`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
