// Model: writes the statistics of a session as metrics of OTLP, as JSON or as protobuf: how long operations took, by route,
// and the heap's size over time.
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { PartWriter } from '../part-writer.ts'
import { type RouteSeries, routeSeries } from '../route-series.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { ExponentialHistogram } from './exponential-histogram.ts'
import { attributes, type HistogramPoint, type Metric, type NumberPoint, unixNano } from './otlp-types.ts'
import { ProtoWriter, RESOURCE_METRICS } from './proto-writer.ts'
import { resourceOf, scopeOf } from './resource.ts'
import { resultOf } from './result-of.ts'

/** What a message counts, no other counts: each export holds the whole session, or operations that no earlier one had. */
const DELTA = 1
/** Points of a part of a metric. */
const POINTS_PER_PART = 512

type Generating = { name: string; version: string }

/** The session must not change until all parts have been requested. */
export function* writeOtlpMetricsJson(session: SessionModel, generator: Generating): Generator<FilePart, void> {
  const out = new PartWriter()
  const [resource, scope] = [JSON.stringify(resourceOf(session)), JSON.stringify(scopeOf(generator))]
  out.text(`{"resourceMetrics":[{"resource":${resource},"scopeMetrics":[{"scope":${scope},"metrics":[\n`)
  let count = 0
  for (const metric of metricsOf(session)) {
    if (metric) out.text(`${count++ === 0 ? '' : ',\n'}${JSON.stringify(metric)}`)
    yield out.take()
  }
  out.text('\n]}]}]}\n')
  yield out.take()
}

/** The same as messages of `MetricsData`, one after the other, which protobuf reads as one. */
export function* writeOtlpMetricsProtobuf(session: SessionModel, generator: Generating): Generator<FilePart, void> {
  const writer = new ProtoWriter()
  for (const metric of metricsOf(session)) {
    if (metric) {
      const scopeMetrics = { scope: scopeOf(generator), metrics: [metric] }
      writer.message({ resourceMetrics: { resource: resourceOf(session), scopeMetrics } }, RESOURCE_METRICS)
    }
    yield { bytes: writer.take(), operations: 0 }
  }
}

/** A span of time, in epoch milliseconds. */
interface Period {
  from: number
  to: number
}

/** The durations of chosen operations, of a session that may still grow. `points` is how many histograms the message has. */
export function durationsMessage(
  session: SessionModel,
  rows: readonly Row[],
  period: Period,
  generator: Generating,
): { bytes: Uint8Array<ArrayBuffer>; points: number } {
  const metrics = [...durationMetrics(resultOf(routeSeries(session, () => new ExponentialHistogram(), rows)), period)]
  const writer = new ProtoWriter()
  const scopeMetrics = { scope: scopeOf(generator), metrics }
  writer.message({ resourceMetrics: { resource: resourceOf(session), scopeMetrics } }, RESOURCE_METRICS)
  const points = metrics.reduce((sum, each) => sum + (each.exponentialHistogram?.dataPoints.length ?? 0), 0)
  return { bytes: writer.take(), points }
}

/** Undefined where only time has passed. A metric may come in several parts, which have different points. */
function* metricsOf(session: SessionModel): Generator<Metric | undefined, void> {
  const steps = routeSeries(session, () => new ExponentialHistogram())
  let series: RouteSeries<ExponentialHistogram>[] | undefined
  while (!series) {
    const step = steps.next()
    if (step.done) series = step.value
    else yield undefined
  }
  yield* durationMetrics(series, { from: session.first, to: session.latest })
  const { memory } = session
  const heap = { description: 'The JavaScript heap in use.', unit: 'By' }
  for (let first = 0; first < memory.length; first += POINTS_PER_PART) {
    const dataPoints: NumberPoint[] = []
    for (let i = first; i < Math.min(first + POINTS_PER_PART, memory.length); i++) {
      const asInt = `${BigInt(Math.round(memory.used.get(i)))}`
      dataPoints.push({ attributes: [], timeUnixNano: unixNano(memory.time.get(i)), asInt })
    }
    yield { name: 'perf.heap.used', ...heap, gauge: { dataPoints } }
  }
}

function* durationMetrics(series: RouteSeries<ExponentialHistogram>[], period: Period): Generator<Metric, void> {
  const ended = series.filter(({ durations }) => durations.count > 0)
  // The names of the semantic conventions: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
  const requests = ended.filter(({ kind }) => kind === 'fetch' || kind === 'xhr' || kind === 'beacon')
  const others = ended.filter(each => !requests.includes(each))
  yield* histograms(period, requests, 'http.client.request.duration', 'Duration of HTTP client requests.')
  yield* histograms(period, others, 'perf.operation.duration', 'Duration of other operations and connections.')
}

function* histograms(
  period: Period,
  series: RouteSeries<ExponentialHistogram>[],
  name: string,
  description: string,
): Generator<Metric, void> {
  for (let first = 0; first < series.length; first += POINTS_PER_PART) {
    const dataPoints = series.slice(first, first + POINTS_PER_PART).map(each => pointOf(period, each))
    yield { name, description, unit: 's', exponentialHistogram: { dataPoints, aggregationTemporality: DELTA } }
  }
}

function pointOf({ from, to }: Period, series: RouteSeries<ExponentialHistogram>): HistogramPoint {
  const { route, kind, method, outcome, durations } = series
  const { count, sum, min, max, scale, zeroCount, offset, counts } = durations
  return {
    attributes: attributes({
      'http.request.method': method,
      'perf.route': route,
      'perf.kind': kind,
      'perf.outcome': outcome,
      'error.type': outcome === 'failed' ? '_OTHER' : undefined,
      // https://opentelemetry.io/docs/specs/otel/metrics/sdk/#overflow-attribute
      'otel.metric.overflow': route === undefined ? true : undefined,
    }),
    startTimeUnixNano: unixNano(from),
    timeUnixNano: unixNano(to),
    count: `${count}`,
    sum,
    scale,
    zeroCount: `${zeroCount}`,
    positive: { offset, bucketCounts: counts.map(each => `${each}`) },
    min,
    max,
  }
}
