// Model: encodes OTLP's messages as protobuf: https://protobuf.dev/programming-guides/encoding/. The numbers of fields are
// those of https://github.com/open-telemetry/opentelemetry-proto.

type Type = 'string' | 'hex' | 'fixed64' | 'sfixed64' | 'int64' | 'double' | 'bool' | 'enum' | 'sint32' | 'uint64s'

/** The field's number and its type, which may be another message. Lists are repeated fields, but `uint64s` is packed. */
interface Fields {
  readonly [name: string]: readonly [number: number, type: Type | Fields]
}

const VALUE: Fields = {
  stringValue: [1, 'string'],
  boolValue: [2, 'bool'],
  intValue: [3, 'int64'],
  doubleValue: [4, 'double'],
}
const ATTRIBUTE: Fields = { key: [1, 'string'], value: [2, VALUE] }
const EVENT: Fields = { timeUnixNano: [1, 'fixed64'], name: [2, 'string'], attributes: [3, ATTRIBUTE] }
const LINK: Fields = { traceId: [1, 'hex'], spanId: [2, 'hex'], attributes: [4, ATTRIBUTE] }
const SCOPE: Fields = { name: [1, 'string'], version: [2, 'string'] }
const RESOURCE: Fields = { attributes: [1, ATTRIBUTE] }

const SPAN: Fields = {
  traceId: [1, 'hex'],
  spanId: [2, 'hex'],
  parentSpanId: [4, 'hex'],
  name: [5, 'string'],
  kind: [6, 'enum'],
  startTimeUnixNano: [7, 'fixed64'],
  endTimeUnixNano: [8, 'fixed64'],
  attributes: [9, ATTRIBUTE],
  events: [11, EVENT],
  links: [13, LINK],
  status: [15, { message: [2, 'string'], code: [3, 'enum'] }],
}

const HISTOGRAM_POINT: Fields = {
  attributes: [1, ATTRIBUTE],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  scale: [6, 'sint32'],
  zeroCount: [7, 'fixed64'],
  positive: [8, { offset: [1, 'sint32'], bucketCounts: [2, 'uint64s'] }],
  min: [12, 'double'],
  max: [13, 'double'],
}
const NUMBER_POINT: Fields = { timeUnixNano: [3, 'fixed64'], asInt: [6, 'sfixed64'], attributes: [7, ATTRIBUTE] }

const METRIC: Fields = {
  name: [1, 'string'],
  description: [2, 'string'],
  unit: [3, 'string'],
  gauge: [5, { dataPoints: [1, NUMBER_POINT] }],
  exponentialHistogram: [10, { dataPoints: [1, HISTOGRAM_POINT], aggregationTemporality: [2, 'enum'] }],
}

/** What a file consists of: it may have several of them, one after the other, as any repeated field. */
export const RESOURCE_SPANS: Fields = {
  resourceSpans: [1, { resource: [1, RESOURCE], scopeSpans: [2, { scope: [1, SCOPE], spans: [2, SPAN] }] }],
}
export const RESOURCE_METRICS: Fields = {
  resourceMetrics: [1, { resource: [1, RESOURCE], scopeMetrics: [2, { scope: [1, SCOPE], metrics: [2, METRIC] }] }],
}

const VARINT = 0
const FIXED = 1
const LENGTH = 2
/** Bytes that a number takes at most. */
const MAX_NUMBER = 10

export class ProtoWriter {
  #bytes = new Uint8Array(1 << 16)
  #view = new DataView(this.#bytes.buffer)
  #length = 0
  readonly #encoder = new TextEncoder()

  get length(): number {
    return this.#length
  }

  /** Valid until the next write. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    return taken
  }

  message(value: object, fields: Fields): void {
    for (const name in fields) {
      const member = (value as Record<string, unknown>)[name]
      if (member === undefined) continue
      const [number, type] = fields[name] as Fields[string]
      if (type === 'uint64s') {
        this.#tag(number, LENGTH)
        this.#withLength(() => {
          for (const each of member as string[]) this.#varint(Number(each))
        })
      } else if (Array.isArray(member)) for (const each of member) this.#field(number, type, each)
      else this.#field(number, type, member)
    }
  }

  #field(number: number, type: Exclude<Type, 'uint64s'> | Fields, value: unknown): void {
    if (typeof type !== 'string') {
      this.#tag(number, LENGTH)
      this.#withLength(() => this.message(value as object, type))
    } else if (type === 'string') {
      this.#tag(number, LENGTH)
      this.#withLength(() => this.#text(value as string))
    } else if (type === 'hex') {
      const text = value as string
      this.#tag(number, LENGTH)
      this.#varint(text.length / 2)
      this.#reserve(text.length / 2)
      for (let i = 0; i < text.length; i += 2) this.#bytes[this.#length++] = Number.parseInt(text.slice(i, i + 2), 16)
    } else if (type === 'double') {
      this.#tag(number, FIXED)
      this.#reserve(8)
      this.#view.setFloat64(this.#length, value as number, true)
      this.#length += 8
    } else if (type === 'fixed64' || type === 'sfixed64') {
      this.#tag(number, FIXED)
      this.#reserve(8)
      this.#view.setBigUint64(this.#length, BigInt.asUintN(64, BigInt(value as string)), true)
      this.#length += 8
    } else {
      this.#tag(number, VARINT)
      if (type === 'sint32') this.#varint(zigzag(value as number))
      else this.#varint(Number(value))
    }
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType)
  }

  /** Writes the length of what `write` writes before it. */
  #withLength(write: () => void): void {
    const at = this.#length
    this.#reserve(1)
    this.#length++
    write()
    const length = this.#length - at - 1
    const extra = varintLength(length) - 1
    if (extra > 0) {
      this.#reserve(extra)
      this.#bytes.copyWithin(at + 1 + extra, at + 1, this.#length)
    }
    this.#length = at
    this.#varint(length)
    this.#length += length
  }

  #text(text: string): void {
    this.#reserve(text.length * 3)
    this.#length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written
  }

  /** A safe integer. Negative ones are written as 64 bits. */
  #varint(value: number): void {
    this.#reserve(MAX_NUMBER)
    if (value < 0) {
      let rest = BigInt.asUintN(64, BigInt(value))
      for (; rest >= 0x80n; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80
      this.#bytes[this.#length++] = Number(rest)
      return
    }
    let rest = value
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80
    this.#bytes[this.#length++] = rest
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#length + bytes, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++
  return length
}
