// Model: the messages of OTLP that we write, as OTLP/JSON has them: ids are hexadecimal, enums are numbers, and 64-bit
// integers are decimal texts. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
import { truncate } from '../../../wire/truncate.ts'

export type AnyValue = { stringValue: string } | { intValue: string } | { doubleValue: number } | { boolValue: boolean }

export interface KeyValue {
  key: string
  value: AnyValue
}

export interface SpanEvent {
  timeUnixNano: string
  name: string
  attributes: KeyValue[]
}

export interface Link {
  traceId: string
  spanId: string
  attributes: KeyValue[]
}

export interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: KeyValue[]
  events?: SpanEvent[]
  links?: Link[]
  status?: { message?: string; code: number }
}

export interface HistogramPoint {
  attributes: KeyValue[]
  startTimeUnixNano: string
  timeUnixNano: string
  count: string
  sum: number
  scale: number
  zeroCount: string
  positive: { offset: number; bucketCounts: string[] }
  min?: number
  max?: number
}

export interface NumberPoint {
  attributes: KeyValue[]
  timeUnixNano: string
  asInt: string
}

export interface Metric {
  name: string
  description: string
  unit: string
  gauge?: { dataPoints: NumberPoint[] }
  exponentialHistogram?: { dataPoints: HistogramPoint[]; aggregationTemporality: number }
}

/** Attributes of what is known, in this order. Integers become `intValue`. */
export function attributes(values: Readonly<Record<string, string | number | boolean | undefined>>): KeyValue[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  )
}

function anyValue(value: string | number | boolean): AnyValue {
  if (typeof value === 'string') return { stringValue: wellFormed(value) }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isSafeInteger(value) ? { intValue: `${value}` } : { doubleValue: value }
}

/** Halves of surrogate pairs become U+FFFD: a text of protobuf is UTF-8. */
export function wellFormed(text: string): string {
  return truncate(text, text.length)
}

/** The last nanosecond that a 64-bit integer holds: in the year 2554. */
const MAX_NANOS = 2n ** 64n - 1n

/** Nanoseconds since the Unix epoch, of epoch milliseconds: whole microseconds. */
export function unixNano(time: number): string {
  const micros = Math.max(0, Math.round(time * 1_000))
  if (Number.isSafeInteger(micros)) return micros === 0 ? '0' : `${micros}000`
  const nanos = BigInt(micros) * 1_000n
  return `${nanos < MAX_NANOS ? nanos : MAX_NANOS}`
}
