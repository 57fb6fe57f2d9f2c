// Model: the formats in which a session can be exported.
import type { SessionModel } from '../session/session-model.ts'
import { writeChromeTrace } from './chrome-trace/chrome-trace-writer.ts'
import { writeMemoryCsv } from './csv/memory-csv.ts'
import { writeOperationsCsv } from './csv/operations-csv.ts'
import { writeHar } from './har/har-writer.ts'
import { writeOtlpMetricsJson, writeOtlpMetricsProtobuf } from './otlp/otlp-metrics-writer.ts'
import { writeOtlpJson, writeOtlpProtobuf } from './otlp/otlp-spans-writer.ts'
import { writePrometheus } from './prometheus/prometheus-writer.ts'
import { type FilePart, sessionBytes } from './session/session-bytes.ts'
import { createSessionSource } from './session/session-source.ts'
import { writeTrace } from './trace/trace-writer.ts'

export interface ExportFormat {
  /** As the command line names it. */
  id: string
  /** As a menu names it. */
  label: string
  extension: string
  mediaType: string
  /** The session must not change until all parts have been requested. */
  write(session: SessionModel, generator: { name: string; version: string }): Iterable<FilePart>
}

export const PERF_FORMAT: ExportFormat = {
  id: 'perf',
  label: 'Perf session',
  extension: 'json',
  mediaType: 'application/json',
  write: (session, generator) => sessionBytes(createSessionSource(session, generator), session),
}

export const FORMATS: readonly ExportFormat[] = [
  PERF_FORMAT,
  {
    id: 'har',
    label: 'HAR, for network panels',
    extension: 'har',
    mediaType: 'application/json',
    write: (session, generator) => writeHar(session, { generator }),
  },
  {
    id: 'trace',
    label: 'Trace, for Perfetto, the Firefox Profiler and speedscope',
    extension: 'trace.json',
    mediaType: 'application/json',
    write: writeTrace,
  },
  {
    id: 'chrome-trace',
    label: 'Trace, for Chrome’s Performance panel',
    extension: 'chrome-trace.json',
    mediaType: 'application/json',
    write: writeChromeTrace,
  },
  {
    id: 'otlp',
    label: 'OpenTelemetry spans',
    extension: 'otlp.json',
    mediaType: 'application/json',
    write: writeOtlpJson,
  },
  {
    id: 'otlp-protobuf',
    label: 'OpenTelemetry spans as protobuf',
    extension: 'otlp.pb',
    mediaType: 'application/x-protobuf',
    write: writeOtlpProtobuf,
  },
  {
    id: 'otlp-metrics',
    label: 'OpenTelemetry metrics',
    extension: 'otlp-metrics.json',
    mediaType: 'application/json',
    write: writeOtlpMetricsJson,
  },
  {
    id: 'otlp-metrics-protobuf',
    label: 'OpenTelemetry metrics as protobuf',
    extension: 'otlp-metrics.pb',
    mediaType: 'application/x-protobuf',
    write: writeOtlpMetricsProtobuf,
  },
  {
    id: 'prometheus',
    label: 'Prometheus metrics',
    extension: 'prom',
    mediaType: 'text/plain',
    write: writePrometheus,
  },
  { id: 'csv', label: 'Operations as CSV', extension: 'csv', mediaType: 'text/csv', write: writeOperationsCsv },
  { id: 'csv-memory', label: 'Memory as CSV', extension: 'memory.csv', mediaType: 'text/csv', write: writeMemoryCsv },
]
