// Panel: counts the operations in each cell of the chart of durations. With a million operations that takes longer than all
// else in a frame, so a frame that only pans counts what has come into view, and keeps the rest.

import type { Rows } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { OUTCOMES, PENDING, WEBSOCKET } from '../../../wire/operations.ts'
import { DROPPED_BITS, type DurationScale, lineLookup } from './duration-scale.ts'
import type { PlotArea } from './plot-area.ts'

/** The side of a cell in CSS pixels. */
const CELL = 2

export interface DensityGrid {
  columns: number
  lines: number
  /** Index of the first column, counted from the start of the session, so that panning does not change it for a time. */
  firstColumn: number
  /** Device pixels: the side of a cell, and the corner of the first one. */
  side: number
  left: number
  top: number
  /** By outcome (index in OUTCOMES), line from the top, and column. */
  counts: Uint32Array
}

/** What a cell's counts depend on, apart from its column. */
interface Basis {
  session: SessionModel
  version: number
  list: Rows['list']
  /** The list grows while a filter is at work. */
  length: number
  perMillisecond: number
  /** Another object when the height or the scale has changed. */
  lineOf: Uint16Array
  columns: number
  lines: number
}

/** A range of columns; `to` is exclusive. */
export interface Columns {
  from: number
  to: number
}

export class DensityCounter {
  /** Reused in the next frame: it has a megabyte, and allocating it would be most of the work for a small session. */
  #counts = new Uint32Array(0)
  /** `whole`: the columns of which nothing was out of view, counted from the start of the session. */
  #last: { basis: Basis; firstColumn: number; whole: Columns } | undefined

  /**
   * The result is valid until the next call.
   * @param version changes whenever an operation of the session does.
   */
  count(area: PlotArea, scale: DurationScale, session: SessionModel, rows: Rows, version: number): DensityGrid {
    const side = CELL * area.ratio
    // Cells are aligned to the start of the session, so that they keep their operations while the chart is panned.
    const perMillisecond = area.width / side / (area.to - area.from)
    const before = (area.from - session.first) * perMillisecond
    const firstColumn = Math.floor(before)
    const basis: Basis = {
      session,
      version,
      list: rows.list,
      length: rows.list.length,
      perMillisecond,
      lineOf: lineLookup(scale, area.height, side),
      // Cells at both ends may be cut off.
      columns: Math.ceil(area.width / side) + 2,
      lines: Math.ceil(area.height / side) + 1,
    }
    const whole = { from: Math.ceil(before), to: Math.floor((area.to - session.first) * perMillisecond) }
    const kept = this.#keep(basis, firstColumn, whole)
    this.#last = { basis, firstColumn, whole }
    const counts = this.#counts
    addRows(counts, basis, firstColumn, { ...rows, to: positionOf(kept.from, rows, basis) })
    addRows(counts, basis, firstColumn, { ...rows, from: positionOf(kept.to, rows, basis) })
    const left = area.left + Math.round((firstColumn - before) * side)
    return { columns: basis.columns, lines: basis.lines, firstColumn, side, left, top: area.top, counts }
  }

  /** Moves the counts of the last frame to where they are now. Returns the columns that have kept theirs. All others are 0. */
  #keep(basis: Basis, firstColumn: number, whole: Columns): Columns {
    const { columns, lines } = basis
    const last = this.#last
    const from = Math.max(whole.from, last?.whole.from ?? 0)
    const to = Math.min(whole.to, last?.whole.to ?? 0)
    if (!last || to <= from || !isSame(last.basis, basis)) {
      const length = columns * lines * OUTCOMES.length
      if (this.#counts.length === length) this.#counts.fill(0)
      else this.#counts = new Uint32Array(length)
      return { from: firstColumn, to: firstColumn }
    }
    const counts = this.#counts
    const moved = firstColumn - last.firstColumn
    counts.copyWithin(Math.max(0, -moved), Math.max(0, moved))
    for (let start = 0; start < counts.length; start += columns) {
      counts.fill(0, start, start + from - firstColumn)
      counts.fill(0, start + to - firstColumn, start + columns)
    }
    return { from, to }
  }
}

function isSame(a: Basis, b: Basis): boolean {
  return (Object.keys(a) as (keyof Basis)[]).every(key => a[key] === b[key])
}

/** The first position whose operation started in this column or later. Not by its time, which is rounded otherwise than columns. */
function positionOf(column: number, { list, from, to }: Rows, { session, perMillisecond }: Basis): number {
  const starts = session.operations.start.values
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    const start = starts[list.row(middle)] as number
    if (Math.floor((start - session.first) * perMillisecond) < column) low = middle + 1
    else high = middle
  }
  return low
}

function addRows(counts: Uint32Array, basis: Basis, firstColumn: number, rows: Rows): void {
  const { session, perMillisecond, lineOf, columns, lines } = basis
  const cells = columns * lines
  const { operations, latest, first } = session
  const starts = operations.start.values
  const durations = operations.duration.values
  // The upper 32 bits of a double hold its exponent and the first bits of its fraction: a logarithm for free. They come
  // second, as all platforms of browsers are little-endian.
  const uppers = new Uint32Array(durations.buffer)
  const outcomes = operations.outcome.values
  const unknown = operations.endUnknown.values
  const kinds = operations.kind.values
  const scratch = new Float64Array(1)
  const scratchUpper = new Uint32Array(scratch.buffer)
  const shown = rows.list.rows
  for (let position = rows.from; position < rows.to; position++) {
    const row = shown[position] as number
    const start = starts[row] as number
    const outcome = outcomes[row] as number
    let upper = uppers[row * 2 + 1] as number
    // A connection has no latency. Inlined for the same reason as below.
    if ((kinds[row] as number) >= WEBSOCKET) continue
    if (outcome === PENDING) {
      // The same as `shownDuration`, inlined: a call would make a frame with a million operations a fifth longer.
      scratch[0] = unknown[row] ? 0 : Math.max(0, latest - start)
      upper = scratchUpper[1] as number
    }
    const line = lineOf[upper >>> DROPPED_BITS] as number
    const cell = outcome * cells + line * columns + Math.floor((start - first) * perMillisecond) - firstColumn
    ;(counts[cell] as number)++
  }
}
