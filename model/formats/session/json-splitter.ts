// Model: splits the text of a large JSON object, as its bytes arrive, into pieces that `JSON.parse` parses quickly: the
// values of its members, and some elements at a time of members that are lists. It looks at brackets, quotes, commas and
// colons only. `JSON.parse` decides whether a piece is valid.

import { truncate } from '../../../wire/truncate.ts'

/** Bytes of a value or an element: a larger one would take too much memory. */
export const MAX_PIECE_BYTES = 16_000_000
/** Levels of nesting, the object itself included: deeper ones could overflow the stack of whoever reads them. */
export const MAX_DEPTH = 64
/** About how many bytes, and how many elements, a piece of a list has: parsing it takes some milliseconds. */
const BYTES_PER_RUN = 250_000
const ROWS_PER_RUN = 1_000

export interface Pieces {
  /** A member that is not a list. */
  onValue(key: string, text: string): void
  /** Elements of a list and the commas between them. It is called at least once for each list. */
  onRows(key: string, first: number, text: string): void
}

export interface JsonSplitter {
  /** @throws {SyntaxError} whose message says what is wrong, and where. */
  add(bytes: Uint8Array): void
  /** The text has ended. @throws {SyntaxError} if it is incomplete. */
  end(): void
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125]

/** What is expected next. `value` and `rows` are within the value of a member. */
type State = 'start' | 'key' | 'key or end' | 'in key' | 'colon' | 'before value' | 'value' | 'rows' | 'after' | 'end'

export interface SplitOptions {
  /** Elements in a piece of a list. */
  rowsPerRun?: number
  /** A member that is an object whose own members are pieces too, as if they were members of the whole. */
  within?: string
  /** Bytes of a value or an element. */
  maxPieceBytes?: number
}

export function createJsonSplitter(
  pieces: Pieces,
  { rowsPerRun = ROWS_PER_RUN, within, maxPieceBytes = MAX_PIECE_BYTES }: SplitOptions = {},
): JsonSplitter {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let state: State = 'start'
  let key = ''
  let depth = 0
  let inString = false
  let escaped = false
  /** Whether what is read is within the member `within`; its end is expected once. */
  let inside = false
  let wasInside = false
  /** The element that is being read, and the first one of the current piece. */
  let row = 0
  let firstRow = 0
  /** Bytes of the current piece from earlier chunks; `offset` is where the current chunk begins in the text. */
  let kept: Uint8Array[] = []
  let keptBytes = 0
  let offset = 0

  const place = (): string => (state === 'rows' ? `${key}[${row}]` : key === '' ? 'the beginning' : key)
  const fail = (what: string): never => {
    throw new SyntaxError(what)
  }

  const textOf = (bytes: Uint8Array): string => {
    const whole = new Uint8Array(keptBytes + bytes.length)
    let at = 0
    for (const part of [...kept, bytes]) {
      whole.set(part, at)
      at += part.length
    }
    kept = []
    keptBytes = 0
    try {
      return decoder.decode(whole)
    } catch {
      return fail(`${place()} isn't UTF-8`)
    }
  }

  const endRows = (bytes: Uint8Array, last: boolean): void => {
    const text = textOf(bytes)
    if (text.trim() === '' && (firstRow > 0 || !last)) fail(`${place()} is missing beside a comma`)
    pieces.onRows(key, firstRow, text)
    firstRow = row + 1
  }

  /** After the bracket that closes an object whose members are pieces. */
  const closed = (): State => {
    if (!inside) return 'end'
    inside = false
    return 'after'
  }

  const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

  return {
    add(bytes) {
      /** Where the current piece begins in this chunk. */
      let from = 0
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i] as number
        if (inString) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) {
            inString = false
            if (state === 'in key') {
              const text = textOf(bytes.subarray(from, i + 1))
              key = parseKey(text) ?? fail(`${truncate(text, 100)} isn't JSON`)
              state = 'colon'
            }
          }
          continue
        }
        switch (state) {
          case 'value':
          case 'rows':
            if (byte === QUOTE) inString = true
            else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
              if (++depth > MAX_DEPTH) fail(`${place()} is nested deeper than ${MAX_DEPTH} levels`)
            } else if (state === 'rows' && depth === 2 && byte === COMMA) {
              if (keptBytes + i - from >= BYTES_PER_RUN || row + 1 - firstRow >= rowsPerRun) {
                endRows(bytes.subarray(from, i), false)
                from = i + 1
              }
              row++
            } else if (state === 'value' && depth === 1 && (byte === COMMA || byte === CLOSE_OBJECT)) {
              pieces.onValue(key, textOf(bytes.subarray(from, i)))
              state = byte === COMMA ? 'key' : closed()
            } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
              depth--
              if (state === 'rows' && depth === 1) {
                if (byte !== CLOSE_LIST) fail(`${place()} isn't JSON`)
                endRows(bytes.subarray(from, i), true)
                state = 'after'
              }
            }
            continue
          case 'before value':
            if (isSpace(byte)) continue
            if (byte === OPEN_OBJECT && key === within && !wasInside) {
              state = 'key or end'
              inside = true
              wasInside = true
              continue
            }
            state = byte === OPEN_LIST ? 'rows' : 'value'
            if (state === 'rows') {
              depth = 2
              row = 0
              firstRow = 0
              from = i + 1
            } else {
              from = i
              // Read the byte again, as part of the value.
              i--
            }
            continue
        }
        if (isSpace(byte)) continue
        if (state === 'start' && isByteOrderMark(byte, offset + i)) continue
        if (state === 'start' && byte === OPEN_OBJECT) {
          state = 'key or end'
          depth = 1
        } else if ((state === 'key' || state === 'key or end') && byte === QUOTE) {
          state = 'in key'
          inString = true
          from = i
        } else if (state === 'colon' && byte === COLON) state = 'before value'
        else if (state === 'after' && byte === COMMA) state = 'key'
        else if ((state === 'after' || state === 'key or end') && byte === CLOSE_OBJECT) state = closed()
        else fail(`it isn't JSON: ${describe(byte)} where ${EXPECTED[state]} should be, at byte ${offset + i}`)
      }
      offset += bytes.length
      if (state !== 'value' && state !== 'rows' && state !== 'in key') return
      kept.push(bytes.slice(from))
      keptBytes += bytes.length - from
      if (keptBytes > maxPieceBytes + BYTES_PER_RUN) fail(`${place()} is larger than ${maxPieceBytes} bytes`)
    },
    end() {
      if (offset === 0) fail('it is empty')
      if (state !== 'end') fail(`it is cut off within ${place()}`)
    },
  }
}

const EXPECTED: Record<State, string> = {
  start: '{',
  key: 'a name in quotes',
  'key or end': 'a name in quotes or }',
  'in key': 'a name',
  colon: ':',
  'before value': 'a value',
  value: 'a value',
  rows: 'a value',
  after: ', or }',
  end: 'the end',
}

function describe(byte: number): string {
  return byte > 32 && byte < 127 ? String.fromCharCode(byte) : `byte ${byte}`
}

/** EF BB BF at the beginning of the text. */
function isByteOrderMark(byte: number, position: number): boolean {
  return [0xef, 0xbb, 0xbf][position] === byte
}

function parseKey(text: string): string | undefined {
  try {
    const key: unknown = JSON.parse(text)
    return typeof key === 'string' ? key : undefined
  } catch {
    return undefined
  }
}
