// Model: writes operations as JSON, straight from the columns to bytes. No object is made for a row, and texts that rows
// share are encoded once. `operationRow` returns the same as an object.
import { KINDS, OUTCOMES } from '../../../wire/operations.ts'
import { END_REASONS } from '../../../wire/reason-codes.ts'
import type { DocumentNumber, Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import type { ByteWriter } from './byte-writer.ts'
import { documentFields } from './session-source.ts'

/** How many sources, kinds and outcomes a key tells apart. A key is one number made of two. */
const [SOURCES, KINDS_PER_NAME, OUTCOMES_PER_DOCUMENT] = [16, 8, 4]

/** Texts that are kept, those with the lowest keys: more different ones are not worth their memory. */
const MAX_KEPT_TEXTS = 4_096

const encoder = new TextEncoder()
const END_TIME = encoder.encode(',"endTime":')
const DURATION = encoder.encode(',"duration":')
const COMMA = encoder.encode(',')
const QUOTE = encoder.encode('"')

/** Writes one row at a time, each on a line of its own with a comma before it. */
export function createOperationWriter(session: SessionModel, to: ByteWriter): (row: Row) => void {
  const { operations } = session
  const { document, source, id, name, kind, outcome, duration, start, parent, imported, endUnknown } = operations
  const opening = new EncodedTexts(owner => `,\n{"id":"${idPrefix(owner)}`)
  const parentOpening = new EncodedTexts(owner => `,"parentId":"${idPrefix(owner)}`)
  const named = new EncodedTexts(key => {
    const text = JSON.stringify(operations.names.get(Math.floor(key / KINDS_PER_NAME)))
    return `","operationName":${text},"kind":"${KINDS[key % KINDS_PER_NAME]}","startTime":`
  })
  const endReason = new EncodedTexts(reason => `,"endUnknown":"${END_REASONS[reason]}"`)
  const closing = new EncodedTexts(key => {
    const text = OUTCOMES[key % OUTCOMES_PER_DOCUMENT]
    const owner = JSON.stringify(
      documentFields(session, Math.floor(key / OUTCOMES_PER_DOCUMENT) as DocumentNumber),
    ).slice(1)
    return `,"success":${text === 'ok'},"outcome":"${text}",${owner}`
  })
  const ownerOf = (row: Row): number => document.get(row) * SOURCES + source.get(row)

  const writeId = (row: Row): void => {
    if (imported || source.get(row) >= SOURCES) {
      to.text(`,\n{"id":${JSON.stringify(operations.idOf(row)).slice(0, -1)}`)
    } else {
      to.bytes(opening.get(ownerOf(row)))
      to.number(id.get(row))
    }
  }
  const writeParent = (row: Row): void => {
    if (imported || source.get(row) >= SOURCES) {
      const parentId = operations.parentIdOf(row)
      if (parentId !== undefined) to.text(`,"parentId":${JSON.stringify(parentId)}`)
    } else if (parent.get(row) !== 0) {
      to.bytes(parentOpening.get(ownerOf(row)))
      to.number(parent.get(row))
      to.bytes(QUOTE)
    }
  }

  return row => {
    writeId(row)
    to.bytes(named.get(name.get(row) * KINDS_PER_NAME + kind.get(row)))
    to.number(start.get(row))
    const took = duration.get(row)
    if (!Number.isNaN(took)) {
      to.bytes(END_TIME)
      to.number(operations.endOf(row))
      to.bytes(DURATION)
      to.number(took)
    }
    const details = operations.details.textOf(row)
    // `{}`, or `{"metadata":…}`, whose fields become the row's. They are the format's: see `DETAIL_FIELDS`.
    if (details !== undefined && details.length > 2) {
      to.bytes(COMMA)
      to.text(details.slice(1, -1))
    }
    const points = operations.traffic.of(row)
    if (points.length > 0) to.text(`,"traffic":${JSON.stringify(points)}`)
    if (operations.endIsUnknown(row)) to.bytes(endReason.get(endUnknown.get(row)))
    writeParent(row)
    to.bytes(closing.get(document.get(row) * OUTCOMES_PER_DOCUMENT + outcome.get(row)))
  }
}

/** As `OperationTable.idOf` has it. */
function idPrefix(owner: number): string {
  return `${Math.floor(owner / SOURCES) + 1}.${owner % SOURCES}.`
}

/** Texts that many rows have, each encoded once. */
class EncodedTexts {
  readonly #kept: (Uint8Array | undefined)[] = []
  readonly #textOf: (key: number) => string

  constructor(textOf: (key: number) => string) {
    this.#textOf = textOf
  }

  get(key: number): Uint8Array {
    const known = this.#kept[key]
    if (known) return known
    const encoded = encoder.encode(this.#textOf(key))
    if (key < MAX_KEPT_TEXTS) this.#kept[key] = encoded
    return encoded
  }
}
