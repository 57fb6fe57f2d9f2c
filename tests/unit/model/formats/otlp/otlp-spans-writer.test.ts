import { expect, test } from 'vitest'
import { richSessionFile } from '../../../../support/rich-session.ts'
import { imported } from '../session/imported.ts'
import { written } from '../written.ts'
import { readOtlpJson, readOtlpProtobuf } from './otlp-reader.ts'

interface Value {
  stringValue?: string
  intValue?: string
}
interface Span {
  spanId: string
  parentSpanId?: string
  name: string
  kind: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Value }[]
  status?: { code: string }
  links?: unknown[]
}

const file = richSessionFile(10_000)
const session = await imported(new Blob([JSON.stringify(file)]))

const attribute = ({ attributes }: Span, name: string): string | undefined => {
  const { stringValue, intValue } = attributes.find(({ key }) => key === name)?.value ?? {}
  return stringValue ?? intValue
}

test.each([
  ['otlp', (bytes: Buffer) => readOtlpJson(bytes.toString(), 'spans')],
  ['otlp-protobuf', (bytes: Buffer) => readOtlpProtobuf(bytes, 'spans')],
])('%s: a strict reader finds every operation', (id, read) => {
  const { resourceSpans } = read(written(session, id)) as unknown as {
    resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
  }
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(each => each.spans))
  const byOperation = new Map(spans.map(span => [attribute(span, 'perf.operation.id'), span]))
  expect(spans).toHaveLength(file.operations.length + 1)
  const wrong = file.operations.filter(({ id, operationName, kind, outcome, startTime, duration, ...more }) => {
    const { http, connection, parentId } = more
    const span = byOperation.get(id) as Span
    const nanoseconds = BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)
    const startError = Number(BigInt(span.startTimeUnixNano) - BigInt(Math.round(startTime * 1_000)) * 1_000n)
    const parent = parentId === undefined ? undefined : byOperation.get(parentId)?.spanId
    return !(
      (kind !== 'custom' || span.name === operationName) &&
      span.kind === (kind === 'custom' ? 'SPAN_KIND_INTERNAL' : 'SPAN_KIND_CLIENT') &&
      attribute(span, 'perf.outcome') === outcome &&
      attribute(span, 'url.full') === (http ?? connection)?.url &&
      attribute(span, 'http.response.status_code') === http?.status?.toString() &&
      attribute(span, 'http.response.size') === http?.transferSize?.toString() &&
      (span.status?.code === 'STATUS_CODE_ERROR') === (outcome === 'failed') &&
      span.parentSpanId === parent &&
      // What has no parent has a link to the session's span.
      (span.links?.length ?? 0) === (parent ? 0 : 1) &&
      Math.abs(startError) <= 1_000 &&
      (duration === undefined || Math.abs(Number(nanoseconds) - duration * 1e6) <= 1_000)
    )
  })
  expect(wrong).toEqual([])
})

test('otlp-metrics: the histograms have every operation that has ended, and the gauge has every sample', () => {
  const { resourceMetrics } = readOtlpProtobuf(written(session, 'otlp-metrics-protobuf'), 'metrics') as unknown as {
    resourceMetrics: { scopeMetrics: { metrics: Metric[] }[] }[]
  }
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(each => each.metrics))
  const points = metrics.flatMap(({ exponentialHistogram }) => exponentialHistogram?.dataPoints ?? [])
  /** Counts, seconds, and the extremes of those, by kind and outcome. */
  const found: Record<string, Durations> = {}
  for (const { attributes, count, sum, min, max } of points) {
    const of = (name: string) => attributes.find(({ key }) => key === name)?.value.stringValue
    add(found, `${of('perf.kind')} ${of('perf.outcome')}`, { count: Number(count), sum, min, max })
  }
  const expected: Record<string, Durations> = {}
  for (const { kind, outcome, duration } of file.operations) {
    if (duration === undefined) continue
    const seconds = duration / 1_000
    add(expected, `${kind} ${outcome}`, { count: 1, sum: seconds, min: seconds, max: seconds })
  }
  for (const durations of Object.values(expected)) durations.sum = expect.closeTo(durations.sum, 6)
  expect(found).toEqual(expected)
  const heap = metrics.flatMap(({ name, gauge }) => (name === 'perf.heap.used' ? (gauge?.dataPoints ?? []) : []))
  expect(heap.map(({ asInt }) => Number(asInt))).toEqual(file.memory.map(({ usedJSHeapSize }) => usedJSHeapSize))
})

interface Durations {
  count: number
  sum: number
  min: number
  max: number
}

function add(to: Record<string, Durations>, key: string, { count, sum, min, max }: Durations): void {
  const before = to[key] ?? { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: 0 }
  to[key] = {
    count: before.count + count,
    sum: before.sum + sum,
    min: Math.min(before.min, min),
    max: Math.max(before.max, max),
  }
}

interface Metric {
  name: string
  exponentialHistogram?: {
    dataPoints: {
      attributes: { key: string; value: Value }[]
      count: string
      sum: number
      min: number
      max: number
    }[]
  }
  gauge?: { dataPoints: { asInt: string }[] }
}
