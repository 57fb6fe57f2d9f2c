// Panel: what the timeline shows: the operations that ran in a span of time, children under their parent, and how many
// ran at once. Touches no DOM.
import { rowsIn } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { SortedRowIndex } from '../session/sorted-row-index.ts'
import { type Concurrency, concurrency, endOf } from './concurrency.ts'
import { type Nested, nest } from './nest.ts'
import { parentPositions } from './parent-positions.ts'

/** Operations between two pauses. */
const STEP = 4_096

export interface WaterfallInputs {
  session: SessionModel
  matches: SortedRowIndex
  /** Epoch milliseconds; null for all. */
  zoom: { from: number; to: number } | null
}

export interface Waterfall extends Nested {
  of: SessionModel | null
  concurrency: Concurrency
}

export const EMPTY_WATERFALL: Waterfall = {
  of: null,
  rows: new Uint32Array(),
  depths: null,
  concurrency: { from: 0, to: 1, peaks: new Float64Array(), most: 0 },
}

/** Those that began before the span and reach into it are part of it. */
export function* waterfall({ session, matches, zoom }: WaterfallInputs): Generator<void, Waterfall> {
  const { operations } = session
  const { to } = rowsIn(matches, operations.start, zoom)
  const found = new Uint32Array(to)
  let count = 0
  for (let position = 0; position < to; position++) {
    if (position % STEP === 0) yield
    const row = matches.row(position)
    if (!zoom || endOf(session, row) >= zoom.from) found[count++] = row
  }
  const rows = found.subarray(0, count)
  const atOnce = yield* concurrency(session, rows, zoom ?? { from: session.first, to: session.latest })
  const nested = yield* nest(rows, yield* parentPositions(operations, rows))
  return { of: session, concurrency: atOnce, ...nested }
}
