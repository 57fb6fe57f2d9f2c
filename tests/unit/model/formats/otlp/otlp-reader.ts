// Test: a strict reader of OTLP: an unknown field, a wrong type or a malformed id is an error.
import { readFileSync } from 'node:fs'
import { createFileRegistry, type DescMessage, fromBinary, fromJson, type JsonValue, toJson } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'

const set = fromBinary(FileDescriptorSetSchema, readFileSync(new URL('./otlp.binpb', import.meta.url)))
const registry = createFileRegistry(set)

function messageOf(name: string): DescMessage {
  const found = registry.getMessage(`opentelemetry.proto.${name}`)
  if (!found) throw new Error(`${name} is not in the descriptor set`)
  return found
}

const DATA = { spans: messageOf('trace.v1.TracesData'), metrics: messageOf('metrics.v1.MetricsData') }

const ID_DIGITS: Record<string, number> = { traceId: 32, spanId: 16, parentSpanId: 16 }
const LONG_INTEGERS = new Set(['startTimeUnixNano', 'endTimeUnixNano', 'timeUnixNano', 'asInt', 'intValue', 'count'])

/** The data as protobuf's own JSON has it. */
export function readOtlpJson(text: string, kind: keyof typeof DATA): JsonValue {
  const value = JSON.parse(text, (key, member: unknown) => {
    const digits = ID_DIGITS[key]
    if (digits !== undefined) {
      if (typeof member !== 'string' || !new RegExp(`^[0-9a-f]{${digits}}$`).test(member) || /^0*$/.test(member)) {
        throw new Error(`${key} is ${member}`)
      }
      return Buffer.from(member, 'hex').toString('base64')
    }
    if (LONG_INTEGERS.has(key) && (typeof member !== 'string' || !/^-?\d+$/.test(member))) {
      throw new Error(`${key} is ${member}`)
    }
    return member
  }) as JsonValue
  return toJson(DATA[kind], fromJson(DATA[kind], value, { ignoreUnknownFields: false }))
}

/** The same of the binary form. */
export function readOtlpProtobuf(bytes: Uint8Array, kind: keyof typeof DATA): JsonValue {
  return toJson(DATA[kind], fromBinary(DATA[kind], bytes, { readUnknownFields: false }))
}
