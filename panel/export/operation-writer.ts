// Panel: the rows of the table as JSON, from the columns straight to bytes: no object is made for a row, and of its
// texts only those that no other row has are encoded. `operationRow` says the same in objects. Touches no DOM.
import { KINDS, OUTCOMES } from '../../wire/operations.ts'
import type { SessionFold } from '../session/session-fold.ts'
import type { ByteWriter } from './byte-writer.ts'
import { Fragments } from './fragments.ts'
import { documentFields } from './session-source.ts'

/** Room for the number of a source beside that of its document. */
const SOURCES = 1 << 16

/** Writes one row at a time, without what stands between two rows. */
export function createOperationWriter(fold: SessionFold, to: ByteWriter): (row: number) => void {
  const { operations } = fold
  const { document, source, id, name, kind, outcome, start, duration, parent } = operations
  const opening = new Fragments(key => `{"id":"${idPrefix(key)}`)
  const parentOpening = new Fragments(key => `,"parentId":"${idPrefix(key)}`)
  const named = new Fragments(number => `","operationName":${JSON.stringify(operations.names.get(number))}`)
  const kinds = new Fragments(number => `,"kind":"${KINDS[number]}","startTime":`)
  const outcomes = new Fragments(number => {
    const text = OUTCOMES[number]
    return `,"success":${text === 'ok'},"outcome":"${text}"`
  })
  const closing = new Fragments(number => `,${JSON.stringify(documentFields(fold, number)).slice(1)}`)
  const [END_TIME, DURATION, QUOTE] = [',"endTime":', ',"duration":', '"'].map(text =>
    new TextEncoder().encode(text),
  ) as [Uint8Array, Uint8Array, Uint8Array]

  const writeId = (row: number, owner: number): void => {
    if (operations.given) {
      to.text(`{"id":${JSON.stringify(operations.idOf(row)).slice(0, -1)}`)
    } else {
      to.bytes(opening.get(owner))
      to.number(id.get(row))
    }
  }
  const writeParent = (row: number, owner: number): void => {
    if (operations.given) {
      const parentId = operations.parentIdOf(row)
      if (parentId !== undefined) to.text(`,"parentId":${JSON.stringify(parentId)}`)
    } else if (parent.get(row) !== 0) {
      to.bytes(parentOpening.get(owner))
      to.number(parent.get(row))
      to.bytes(QUOTE)
    }
  }

  return row => {
    const owner = document.get(row) * SOURCES + source.get(row)
    writeId(row, owner)
    to.bytes(named.get(name.get(row)))
    to.bytes(kinds.get(kind.get(row)))
    const took = duration.get(row)
    to.number(start.get(row))
    if (!Number.isNaN(took)) {
      to.bytes(END_TIME)
      to.number(operations.endOf(row))
      to.bytes(DURATION)
      to.number(took)
    }
    to.bytes(outcomes.get(outcome.get(row)))
    const details = operations.details.textOf(row)
    // `{}`, or `{"metadata":…}`, whose fields become the row's.
    if (details !== undefined && details.length > 2) to.text(`,${details.slice(1, -1)}`)
    writeParent(row, owner)
    to.bytes(closing.get(document.get(row)))
  }
}

/** As `OperationTable.idOf` has it. */
function idPrefix(owner: number): string {
  return `${Math.floor(owner / SOURCES) + 1}.${owner % SOURCES}.`
}
