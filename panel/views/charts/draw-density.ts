// Panel: draws many operations as a density: one pixel for each cell of the grid, scaled up to the size of a cell.
import { CANCELLED, FAILED, OK, OUTCOMES, PENDING } from '../../../wire/operations.ts'
import { type ChartColors, type Rgb, rgbOf } from './chart-colors.ts'
import type { DensityGrid } from './density-grid.ts'
import type { PlotArea } from './plot-area.ts'

/** More operations are drawn as a density. */
export const MAX_POINTS = 5_000

/** The opacity of a single operation, and the number of operations that makes a cell opaque. */
const MIN_OPACITY = 0.4
const OPAQUE_COUNT = 40
const OPACITY = Float32Array.from({ length: OPAQUE_COUNT + 1 }, (_, count) =>
  count === 0 ? 0 : MIN_OPACITY + ((1 - MIN_OPACITY) * Math.log(count)) / Math.log(OPAQUE_COUNT),
)

/** If this share of a cell is not ok, the cell takes the color of that. A smaller share of failures only tints it. */
const CLEAR_SHARE = 0.1
const TINT = { min: 0.15, max: 0.5 }

/** The height in CSS pixels of the marks at the bottom, which show when something failed. */
const FAILURE_MARK = 4
/** The opacity of the mark of one failure among many, and the share of failures that makes it opaque. */
const MIN_MARK = 0.4
const OPAQUE_SHARE = 0.06

/** A pixel for each cell, and one more line with a pixel for the failures of each column. */
const bitmap = { canvas: new OffscreenCanvas(1, 1), image: new ImageData(1, 1) }

export function drawDensity(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  grid: DensityGrid,
): void {
  const { columns, lines, side, left, top } = grid
  const { canvas } = bitmap
  if (canvas.width !== columns || canvas.height !== lines + 1) {
    canvas.width = columns
    canvas.height = lines + 1
    bitmap.image = new ImageData(columns, lines + 1)
  }
  const outcomeColors = OUTCOMES.map(outcome => rgbOf(colors.outcomes[outcome]))
  const pixels = new Uint32Array(bitmap.image.data.buffer)
  fillCells(pixels, grid, outcomeColors)
  fillFailures(pixels.subarray(columns * lines), grid, outcomeColors[FAILED] as Rgb)
  canvas.getContext('2d')?.putImageData(bitmap.image, 0, 0)
  const height = FAILURE_MARK * area.ratio
  context.save()
  context.imageSmoothingEnabled = false
  context.drawImage(canvas, 0, 0, columns, lines, left, top, columns * side, lines * side)
  context.drawImage(canvas, 0, lines, columns, 1, left, area.top + area.height - height / 2, columns * side, height)
  context.restore()
}

/** In one cell, failed operations hide cancelled ones, and those hide running ones. */
function fillCells(pixels: Uint32Array, { columns, lines, counts }: DensityGrid, colors: readonly Rgb[]): void {
  const cells = columns * lines
  const okColor = colors[OK] as Rgb
  const okPixels = Uint32Array.from(OPACITY, opacity => pixelOf(okColor, okColor, 0, opacity))
  for (let cell = 0; cell < cells; cell++) {
    const ok = counts[OK * cells + cell] as number
    const failed = counts[FAILED * cells + cell] as number
    const cancelled = counts[CANCELLED * cells + cell] as number
    const count = ok + failed + cancelled + (counts[PENDING * cells + cell] as number)
    if (count === ok) {
      pixels[cell] = okPixels[Math.min(ok, OPAQUE_COUNT)] as number
      continue
    }
    const over = failed > 0 ? FAILED : cancelled > 0 ? CANCELLED : PENDING
    const mixed = mixOf((counts[over * cells + cell] as number) / count, over === FAILED)
    const opacity = Math.max(OPACITY[Math.min(count, OPAQUE_COUNT)] as number, mixed)
    pixels[cell] = pixelOf(okColor, colors[over] as Rgb, mixed, opacity)
  }
}

function mixOf(share: number, failed: boolean): number {
  if (share >= CLEAR_SHARE) return 1
  return failed ? Math.max(TINT.min, (share / CLEAR_SHARE) * TINT.max) : 0
}

/** Even a single failure among thousands is visible at the bottom. */
function fillFailures(pixels: Uint32Array, grid: DensityGrid, color: Rgb): void {
  const failed = sumsOfColumns(grid, FAILED)
  const ok = sumsOfColumns(grid, OK)
  for (const [column, count] of failed.entries()) {
    const share = count / (count + (ok[column] as number))
    const opacity = MIN_MARK + (1 - MIN_MARK) * Math.min(1, share / OPAQUE_SHARE)
    pixels[column] = count === 0 ? 0 : pixelOf(color, color, 0, opacity)
  }
}

function sumsOfColumns({ columns, lines, counts }: DensityGrid, outcome: number): Uint32Array {
  const sums = new Uint32Array(columns)
  const first = outcome * columns * lines
  for (let line = 0; line < lines; line++) {
    const start = first + line * columns
    for (let column = 0; column < columns; column++) (sums[column] as number) += counts[start + column] as number
  }
  return sums
}

/** The bytes of a pixel in an ImageData as a number: red comes first, and platforms are little-endian. */
function pixelOf(from: Rgb, to: Rgb, mixed: number, opacity: number): number {
  const mix = (part: 0 | 1 | 2): number => Math.round(from[part] + (to[part] - from[part]) * mixed)
  return ((Math.round(opacity * 255) << 24) | (mix(2) << 16) | (mix(1) << 8) | mix(0)) >>> 0
}
