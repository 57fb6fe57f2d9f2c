// Panel: a session's file as bytes, in parts. Touches no DOM.
import { END, LISTS, type SessionSource, writeHead, writeList } from '../../session/write-session.ts'
import type { SessionFold } from '../session/session-fold.ts'
import { ByteWriter } from './byte-writer.ts'
import { createOperationWriter } from './operation-writer.ts'

/** The bounds of a part of operations: a few milliseconds of work. */
const ROWS_PER_PART = 2_000
const BYTES_PER_PART = 500_000

export interface FilePart {
  bytes: Uint8Array<ArrayBuffer>
  /** Operations in it. */
  operations: number
}

/** The file of `source`, whose operations are those of `fold`. It must not change until all parts have been asked for. */
export function* sessionBytes(source: SessionSource, fold: SessionFold): Generator<FilePart, void> {
  const encoder = new TextEncoder()
  const part = (text: string): FilePart => ({ bytes: encoder.encode(text), operations: 0 })
  yield part(writeHead(source))
  for (const list of LISTS) {
    if (list === 'operations') yield* operationParts(fold)
    else for (const text of writeList(list, source[list])) yield part(text)
  }
  yield part(END)
}

function* operationParts(fold: SessionFold): Generator<FilePart, void> {
  const { order } = fold.operations
  const writer = new ByteWriter()
  const write = createOperationWriter(fold, writer)
  writer.text(',\n"operations":[')
  let operations = 0
  for (let position = 0; position < order.length; position++) {
    writer.text(position === 0 ? '\n' : ',\n')
    write(order.row(position))
    operations++
    if (operations < ROWS_PER_PART && writer.length < BYTES_PER_PART) continue
    yield { bytes: writer.take(), operations }
    operations = 0
  }
  writer.text(']')
  yield { bytes: writer.take(), operations }
}
