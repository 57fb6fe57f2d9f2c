import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORMATS } from '../../../../model/formats/formats.ts'
import type { SessionModel } from '../../../../model/session/session-model.ts'
import type { SessionFile } from '../../../../session/format.ts'
import { schemaErrors } from '../../../browser/session-schema.ts'
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
    const ids = new Set(spans.map(({ spanId }) => spanId))
    return spans.length === operations.length + 1 && ids.size === spans.length ? [] : ['spans are missing']
  },
  'otlp-protobuf'(session) {
    const json = spansIn(readOtlpJson(writtenText(session, 'otlp'), 'spans'))
    const binary = spansIn(readOtlpProtobuf(written(session, 'otlp-protobuf'), 'spans'))
    return JSON.stringify(binary) === JSON.stringify(json) ? [] : ['the two encodings differ']
  },
  'otlp-metrics'(session) {
    readOtlpJson(writtenText(session, 'otlp-metrics'), 'metrics')
    return []
  },
  'otlp-metrics-protobuf'(session) {
    readOtlpProtobuf(written(session, 'otlp-metrics-protobuf'), 'metrics')
    return []
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

/** The binary form has several messages of some hundred spans each. */
function spansIn(data: unknown): { spanId: string }[] {
  const { resourceSpans } = data as { resourceSpans: { scopeSpans: { spans: { spanId: string }[] }[] }[] }
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}

test('there is a test for each format', () => {
  expect(Object.keys(PROBLEMS).sort()).toEqual(FORMATS.map(({ id }) => id).sort())
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
