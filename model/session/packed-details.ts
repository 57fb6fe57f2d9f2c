// Model: details of operations as bytes outside of the JS heap, which the garbage collector does not visit. The details of a
// request take about 50 bytes, and 200 with what DevTools saw.
//
// An object is a list of its declared fields. Each begins with a byte that holds its number among them and the form of its
// value. Texts that operations share are ids in a table of strings.
import type { OperationDetail } from '../../wire/operations.ts'
import { DETAIL_FIELDS, type PlainField } from '../operation-fields.ts'
import type { StringTable } from './string-table.ts'

/** Bytes of a chunk: a half-empty last chunk wastes little, and a session has few chunks. */
export const CHUNK_SIZE = 1 << 20
/** The most bytes of an integer, and of the field that has it. */
const [MAX_INTEGER, MAX_INTEGER_BYTES] = [0xffffffff, 6]
const DOUBLE_BYTES = 9
/**
 * Texts that are added to the table, and the length of each: at most 40 MB. Most texts are the same in many requests. In
 * a session where they are not, the rest is written in full.
 */
export const MAX_SHARED_TEXTS = 20_000
const MAX_SHARED_LENGTH = 2_000

/** Shared texts that are also kept as JSON for an export, those with the lowest ids. */
const MAX_QUOTED = 4_096

/** The forms of a value. An integer is written in groups of seven bits, a text in full follows its length. */
const [OBJECT, INTEGER, DOUBLE, TRUE, FALSE, SHARED_TEXT, SHARED_JSON, JSON_TEXT] = [0, 1, 2, 3, 4, 5, 6, 7]
/** Bits of the form. The others are the field's number. */
const FORM_BITS = 3
const FORM = (1 << FORM_BITS) - 1
/** Follows the last field of an object. No field has the number in it. */
const END = 0xff
const MAX_FIELDS = END >> FORM_BITS

interface Field {
  name: string
  /** As JSON has it before the value. */
  key: string
  /** The number of the field, where the form goes. */
  head: number
  fields: readonly Field[] | undefined
  isUnique: boolean
}

function numbered(declared: object): readonly Field[] {
  const fields = Object.entries<PlainField>({ ...declared }).map(
    ([name, { members, unique = false }], number): Field => {
      const head = number << FORM_BITS
      return { name, key: `"${name}":`, head, fields: members && numbered(members), isUnique: unique }
    },
  )
  if (fields.length > MAX_FIELDS) throw new Error(`an object has more than ${MAX_FIELDS} fields`)
  return fields
}

const FIELDS = numbered(DETAIL_FIELDS)

interface Chunk {
  /** Undefined once nothing in it is in use. */
  bytes: Uint8Array<ArrayBuffer> | undefined
  /** How many details in it are in use. */
  live: number
}

export class PackedDetails {
  readonly #strings: StringTable
  #shared = 0
  readonly #chunks: Chunk[] = []
  /** The last chunk, and where its free bytes begin. */
  #bytes = new Uint8Array()
  #view = new DataView(this.#bytes.buffer)
  #end = CHUNK_SIZE
  /** Where the details that are being written begin. */
  #start = 0
  /** By id: shared texts as JSON has them. */
  readonly #quoted: string[] = []
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder()
  /** What is being read, and from where. */
  #read = this.#bytes
  #readView = this.#view
  #at = 0

  /** @param strings where shared texts are, and which may have others. */
  constructor(strings: StringTable) {
    this.#strings = strings
  }

  /** Returns where the details are: a number above 0. */
  add(detail: OperationDetail): number {
    if (this.#end >= CHUNK_SIZE) this.#open(CHUNK_SIZE)
    this.#start = this.#end
    this.#writeObject(detail as Readonly<Record<string, unknown>>, FIELDS)
    const chunk = this.#chunks.length - 1
    ;(this.#chunks[chunk] as Chunk).live++
    return chunk * CHUNK_SIZE + this.#start + 1
  }

  get(place: number): OperationDetail {
    this.#goTo(place)
    return this.#readObject(FIELDS) as OperationDetail
  }

  /** The same as JSON. */
  textOf(place: number): string {
    this.#goTo(place)
    return this.#readText(FIELDS)
  }

  /** A chunk is freed once all of its details are removed. */
  remove(place: number): void {
    const index = Math.floor((place - 1) / CHUNK_SIZE)
    const chunk = this.#chunks[index] as Chunk
    chunk.live--
    if (chunk.live === 0 && index < this.#chunks.length - 1) chunk.bytes = undefined
  }

  /** The size of all chunks. */
  get byteLength(): number {
    return this.#chunks.reduce((sum, { bytes }) => sum + (bytes?.byteLength ?? 0), 0)
  }

  #open(size: number): void {
    const last = this.#chunks.at(-1)
    if (last?.live === 0) last.bytes = undefined
    this.#bytes = new Uint8Array(size)
    this.#view = new DataView(this.#bytes.buffer)
    this.#chunks.push({ bytes: this.#bytes, live: 0 })
    this.#end = 0
  }

  /** What is being written moves to a chunk of its own if so many bytes more do not fit. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return
    const written = this.#bytes.subarray(this.#start, this.#end)
    this.#open(Math.max(CHUNK_SIZE, 2 * (written.length + bytes)))
    this.#bytes.set(written)
    this.#start = 0
    this.#end = written.length
  }

  #writeObject(object: Readonly<Record<string, unknown>>, fields: readonly Field[]): void {
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as Field
      const value = object[field.name]
      if (value !== undefined) this.#writeField(field, value)
    }
    this.#reserve(1)
    this.#bytes[this.#end++] = END
  }

  #writeField({ head, fields, isUnique }: Field, value: unknown): void {
    if (fields) {
      this.#reserve(1)
      this.#bytes[this.#end++] = head | OBJECT
      this.#writeObject(value as Readonly<Record<string, unknown>>, fields)
    } else if (typeof value === 'number' && Number.isFinite(value)) this.#writeNumber(head, value)
    else if (typeof value === 'boolean') {
      this.#reserve(1)
      this.#bytes[this.#end++] = head | (value ? TRUE : FALSE)
    } else if (isUnique) this.#writeJson(head, JSON.stringify(value))
    else if (typeof value === 'string') {
      const id = this.#share(value)
      if (id === undefined) this.#writeJson(head, JSON.stringify(value))
      else this.#writeInteger(head | SHARED_TEXT, id)
    } else {
      const text = JSON.stringify(value)
      const id = this.#share(text)
      if (id === undefined) this.#writeJson(head, text)
      else this.#writeInteger(head | SHARED_JSON, id)
    }
  }

  #share(text: string): number | undefined {
    const known = this.#strings.idOf(text)
    if (known !== undefined) return known
    if (this.#shared === MAX_SHARED_TEXTS || text.length > MAX_SHARED_LENGTH) return undefined
    this.#shared++
    return this.#strings.add(text)
  }

  #writeNumber(head: number, value: number): void {
    if (Number.isInteger(value) && value >= 0 && value <= MAX_INTEGER) {
      this.#writeInteger(head | INTEGER, value)
      return
    }
    this.#reserve(DOUBLE_BYTES)
    this.#bytes[this.#end] = head | DOUBLE
    this.#view.setFloat64(this.#end + 1, value)
    this.#end += DOUBLE_BYTES
  }

  #writeInteger(first: number, value: number): void {
    this.#reserve(MAX_INTEGER_BYTES)
    this.#bytes[this.#end++] = first
    let rest = value
    for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#end++] = (rest & 0x7f) | 0x80
    this.#bytes[this.#end++] = rest
  }

  #writeJson(head: number, text: string): void {
    const encoded = this.#encoder.encode(text)
    this.#writeInteger(head | JSON_TEXT, encoded.length)
    this.#reserve(encoded.length)
    this.#bytes.set(encoded, this.#end)
    this.#end += encoded.length
  }

  #goTo(place: number): void {
    this.#read = (this.#chunks[Math.floor((place - 1) / CHUNK_SIZE)] as Chunk).bytes as Uint8Array<ArrayBuffer>
    this.#readView = new DataView(this.#read.buffer)
    this.#at = (place - 1) % CHUNK_SIZE
  }

  #readObject(fields: readonly Field[]): unknown {
    const object: Record<string, unknown> = {}
    for (let first = this.#byte(); first !== END; first = this.#byte()) {
      const field = fields[first >> FORM_BITS] as Field
      const form = first & FORM
      object[field.name] = form === OBJECT ? this.#readObject(field.fields as readonly Field[]) : this.#readValue(form)
    }
    return object
  }

  #readValue(form: number): unknown {
    if (form === INTEGER) return this.#readInteger()
    if (form === DOUBLE) return this.#readDouble()
    if (form === SHARED_TEXT) return this.#strings.get(this.#readInteger())
    if (form === SHARED_JSON) return JSON.parse(this.#strings.get(this.#readInteger()))
    if (form === JSON_TEXT) return JSON.parse(this.#readJson())
    return form === TRUE
  }

  #readText(fields: readonly Field[]): string {
    let text = ''
    for (let first = this.#byte(); first !== END; first = this.#byte()) {
      const field = fields[first >> FORM_BITS] as Field
      const form = first & FORM
      const value = form === OBJECT ? this.#readText(field.fields as readonly Field[]) : this.#readValueText(form)
      text += (text === '' ? '{' : ',') + field.key + value
    }
    return text === '' ? '{}' : `${text}}`
  }

  #readValueText(form: number): string {
    if (form === INTEGER) return `${this.#readInteger()}`
    if (form === DOUBLE) return `${this.#readDouble()}`
    if (form === SHARED_TEXT) return this.#quotedText(this.#readInteger())
    if (form === SHARED_JSON) return this.#strings.get(this.#readInteger())
    if (form === JSON_TEXT) return this.#readJson()
    return form === TRUE ? 'true' : 'false'
  }

  #quotedText(id: number): string {
    const known = this.#quoted[id]
    if (known !== undefined) return known
    const text = JSON.stringify(this.#strings.get(id))
    if (id < MAX_QUOTED) this.#quoted[id] = text
    return text
  }

  #byte(): number {
    return this.#read[this.#at++] as number
  }

  #readInteger(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
  }

  #readDouble(): number {
    const value = this.#readView.getFloat64(this.#at)
    this.#at += DOUBLE_BYTES - 1
    return value
  }

  #readJson(): string {
    const length = this.#readInteger()
    const from = this.#at
    this.#at += length
    return this.#decoder.decode(this.#read.subarray(from, from + length))
  }
}
