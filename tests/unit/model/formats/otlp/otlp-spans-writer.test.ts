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

test('otlp-metrics: the histograms count every operation that has ended, and the gauge has every sample', () => {
  const { resourceMetrics } = readOtlpProtobuf(written(session, 'otlp-metrics-protobuf'), 'metrics') as unknown as {
    resourceMetrics: { scopeMetrics: { metrics: Metric[] }[] }[]
  }
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(each => each.metrics))
  const points = metrics.flatMap(({ exponentialHistogram }) => exponentialHistogram?.dataPoints ?? [])
  const ended = file.operations.filter(({ outcome }) => outcome !== 'pending')
  expect(points.reduce((all, { count }) => all + Number(count), 0)).toBe(ended.length)
  const used = metrics.flatMap(({ name, gauge }) => (/used|heap/.test(name) ? (gauge?.dataPoints ?? []) : []))
  expect(used.length).toBe(file.memory.length)
})

interface Metric {
  name: string
  exponentialHistogram?: { dataPoints: { count: string }[] }
  gauge?: { dataPoints: unknown[] }
}
