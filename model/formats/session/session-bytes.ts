// Model: writes a session file as bytes, in parts.
import { END, LISTS, type SessionSource, writeHead, writeList } from '../../../session/write-session.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { ByteWriter } from './byte-writer.ts'
import { createOperationWriter } from './operation-writer.ts'

/** A part of operations has at least this many bytes, except for the last: some 5,000 operations, 1 or 2 ms of work. */
const BYTES_PER_PART = 1_000_000

const encoder = new TextEncoder()
const OPENING = encoder.encode(',\n"operations":[')
const CLOSING = encoder.encode(']')
const EMPTY = encoder.encode(',\n"operations":[]')

export interface FilePart {
  /** Valid until the next part is requested. */
  bytes: Uint8Array<ArrayBuffer>
  /** Operations in it. */
  operations: number
}

/**
 * The file of `source`, whose operations are those of `session`. The session must not change until all parts have been
 * requested.
 */
export function* sessionBytes(source: SessionSource, session: SessionModel): Generator<FilePart, void> {
  const part = (text: string): FilePart => ({ bytes: encoder.encode(text), operations: 0 })
  yield part(writeHead(source))
  for (const list of LISTS) {
    if (list === 'operations') yield* operationParts(session)
    else for (const text of writeList(list, source[list])) yield part(text)
  }
  yield part(END)
}

function* operationParts(session: SessionModel): Generator<FilePart, void> {
  const { order } = session.operations
  const writer = new ByteWriter()
  const write = createOperationWriter(session, writer)
  let operations = 0
  for (let position = 0; position < order.length; position++) {
    write(order.row(position))
    operations++
    const isFirst = operations === position + 1
    if (writer.length < BYTES_PER_PART && position < order.length - 1) continue
    const bytes = writer.take()
    if (isFirst) yield { bytes: OPENING, operations: 0 }
    // The first row has no comma before it.
    yield { bytes: isFirst ? bytes.subarray(1) : bytes, operations }
    operations = 0
  }
  yield { bytes: order.length === 0 ? EMPTY : CLOSING, operations: 0 }
}
