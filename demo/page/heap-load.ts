// World: the demo page. Memory that the page really holds on the JavaScript heap: an ArrayBuffer's
// bytes live outside of it, so `performance.memory` would hardly move.

interface Row {
  readonly id: number
  readonly at: number
  readonly cells: readonly number[]
}

/** Measured in Chromium with pointer compression: a row and its cells take about 128 bytes. */
const ROWS_PER_MB = 8_192
const CELLS_PER_ROW = 8

let held: Row[][] = []

export function grow(megabytes: number): void {
  for (let count = 0; count < megabytes; count += 1) {
    held.push(Array.from({ length: ROWS_PER_MB }, (_, id) => createRow(id)))
  }
}

/** Returns how many megabytes were let go. */
export function freeAll(): number {
  const freed = held.length
  held = []
  return freed
}

export function heldMegabytes(): number {
  return held.length
}

function createRow(id: number): Row {
  const cells = Array.from({ length: CELLS_PER_ROW }, (_, column) => id + column / 2)
  return { id, at: id + 0.5, cells }
}
