import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORMATS } from '../../../../model/formats/formats.ts'
import type { SessionModel } from '../../../../model/session/session-model.ts'
import type { SessionFile } from '../../../../session/format.ts'
import { schemaErrors } from '../../../browser/session-schema.ts'
import { richSessionFile } from '../../../support/rich-session.ts'
import { anySession } from './any-session.ts'
import { csvRows } from './csv-rows.ts'
import { harProblems } from './har-validity.ts'
import { readOtlpJson, readOtlpProtobuf } from './otlp/otlp-reader.ts'
import { prometheusProblems } from './prometheus-grammar.ts'
import { imported } from './session/imported.ts'
import { chromeTraceProblems, traceProblems } from './trace-validity.ts'
import { written, writtenText } from './written.ts'

/** What is wrong with a file of a format, for each format. */
const PROBLEMS: Record<string, (session: SessionModel, file: SessionFile) => unknown[]> = {
  perf: session => schemaErrors(JSON.parse(writtenText(session, 'perf'))),
  har: session => harProblems(writtenText(session, 'har')),
  trace: session => traceProblems(writtenText(session, 'trace')),
  'chrome-trace': session => chromeTraceProblems(writtenText(session, 'chrome-trace')),
  otlp(session, { operations }) {
    const spans = spansIn(readOtlpJson(writtenText(session, 'otlp'), 'spans'))
    const traceOf = new Map(spans.map(({ spanId, traceId }) => [spanId, traceId]))
    const isWhole = spans.length === operations.length + 1 && traceOf.size === spans.length
    // A parent that the file lacks is none, and no span is an ancestor of itself.
    const strays = spans.filter(({ parentSpanId, traceId }) => parentSpanId && traceOf.get(parentSpanId) !== traceId)
    const parentOf = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]))
    const circles = spans.filter(({ spanId }) => {
      let above = parentOf.get(spanId)
      for (let steps = 0; above && steps <= spans.length; steps++) above = parentOf.get(above)
      return above
    })
    return [...(isWhole ? [] : ['spans are missing']), ...strays, ...circles]
  },
  'otlp-protobuf'(session) {
    const json = spansIn(readOtlpJson(writtenText(session, 'otlp'), 'spans'))
    const binary = spansIn(readOtlpProtobuf(written(session, 'otlp-protobuf'), 'spans'))
    return JSON.stringify(binary) === JSON.stringify(json) ? [] : ['the two encodings differ']
  },
  'otlp-metrics'(session) {
    return metricProblems(readOtlpJson(writtenText(session, 'otlp-metrics'), 'metrics'))
  },
  'otlp-metrics-protobuf'(session) {
    return metricProblems(readOtlpProtobuf(written(session, 'otlp-metrics-protobuf'), 'metrics'))
  },
  prometheus: session => prometheusProblems(writtenText(session, 'prometheus')),
  csv(session, { operations }) {
    const [header, ...rows] = csvRows(writtenText(session, 'csv'))
    const wrong = rows.filter(row => row.length !== header?.length)
    const formulas = rows.flat().filter(cell => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)))
    return [...wrong, ...formulas, ...(rows.length === operations.length ? [] : ['rows are missing'])]
  },
  'csv-memory'(session, { memory, snapshots }) {
    const [header, ...rows] = csvRows(writtenText(session, 'csv-memory'))
    const wrong = rows.filter(row => row.length !== header?.length)
    return rows.length === memory.length + snapshots.length ? wrong : ['rows are missing']
  },
}

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
}

/** By OpenTelemetry's data model: https://opentelemetry.io/docs/specs/otel/metrics/data-model/ */
function metricProblems(data: unknown): unknown[] {
  const problems: unknown[] = []
  const seen = new Set<string>()
  JSON.stringify(data, (_, value) => {
    for (const { attributes, ...point } of value?.exponentialHistogram?.dataPoints ?? []) {
      // No two streams of a metric have the same attributes, in any order.
      const sorted = attributes.map((each: unknown) => JSON.stringify(each)).sort()
      const key = `${value.name} ${sorted}`
      if (seen.has(key)) problems.push(`twice: ${key}`)
      seen.add(key)
      const { count, zeroCount = 0, positive = {}, min = 0, max = 0 } = point
      const counted = (positive.bucketCounts ?? []).reduce((sum: number, each: string) => sum + Number(each), 0)
      if (Number(count) !== counted + Number(zeroCount)) problems.push(point)
      if (min > max) problems.push(point)
    }
    return value
  })
  return problems
}

/** The binary form has several messages of some hundred spans each. */
function spansIn(data: unknown): Span[] {
  const { resourceSpans } = data as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}

test('there is a test for each format', () => {
  expect(Object.keys(PROBLEMS).sort()).toEqual(FORMATS.map(({ id }) => id).sort())
})

test.each(['prometheus', 'otlp-metrics'])('names that are the same text in UTF-8 are one series of %s', async id => {
  const file = richSessionFile(60)
  const done = file.operations.filter(({ kind, outcome }) => kind === 'custom' && outcome === 'ok')
  for (const [i, name] of ['a\ud83d', 'a\ud83e', 'a\ufffd', '\udc00b', '\udc01b'].entries()) {
    Object.assign(done[i] ?? {}, { operationName: name })
  }
  expect(PROBLEMS[id]?.(await imported(new Blob([JSON.stringify(file)])), file)).toEqual([])
})

test.each(Object.keys(PROBLEMS))('whatever session is written as %s, the file is valid', async id => {
  await fc.assert(
    fc.asyncProperty(anySession, async file => {
      expect(schemaErrors(file)).toEqual([])
      const session = await imported(new Blob([JSON.stringify(file)]))
      expect(PROBLEMS[id]?.(session, file)).toEqual([])
    }),
    { numRuns: 30 },
  )
})
