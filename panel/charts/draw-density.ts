// Panel: draws many operations as a density: a pixel for each cell of their grid, blown up to the cell's size.
import { OUTCOMES, type Outcome } from '../../wire/operations.ts'
import { type ChartColors, type Rgb, rgbOf } from './chart-colors.ts'
import type { DensityGrid } from './density-grid.ts'
import type { PlotArea } from './plot-area.ts'

/** More operations than this are drawn as a density. */
export const MOST_POINTS = 5_000

/** The opacity of a single operation; so many in one cell are opaque. */
const LEAST_OPACITY = 0.4
const OPAQUE_COUNT = 40
const OPACITY = Float32Array.from({ length: OPAQUE_COUNT + 1 }, (_, count) =>
  count === 0 ? 0 : LEAST_OPACITY + ((1 - LEAST_OPACITY) * Math.log(count)) / Math.log(OPAQUE_COUNT),
)

/** Of so large a share, what is not ok is the cell's colour; a smaller one tinges it, if it is failures. */
const CLEAR_SHARE = 0.1
const TINGE = { least: 0.15, most: 0.5 }

/** The height in CSS pixels of the marks at the bottom that show where in time something failed. */
const FAILURE_MARK = 4
/** The opacity of one failure among many; and the share of failures in a column that makes its mark opaque. */
const LEAST_MARK = 0.4
const OPAQUE_SHARE = 0.06

/** What is not ok, from what is hidden to what hides. */
const OVER = (['pending', 'cancelled', 'failed'] as const).map(outcome => OUTCOMES.indexOf(outcome))
const OK = OUTCOMES.indexOf('ok')
const FAILED = OUTCOMES.indexOf('failed')

const bitmap = { canvas: new OffscreenCanvas(1, 1), image: new ImageData(1, 1) }

export function drawDensity(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  grid: DensityGrid,
): void {
  const { columns, lines, side, left, top } = grid
  const { canvas } = bitmap
  if (canvas.width !== columns || canvas.height !== lines) {
    canvas.width = columns
    canvas.height = lines
    bitmap.image = new ImageData(columns, lines)
  }
  fillPixels(bitmap.image.data, grid, colors.outcomes)
  canvas.getContext('2d')?.putImageData(bitmap.image, 0, 0)
  context.save()
  context.imageSmoothingEnabled = false
  context.drawImage(canvas, left, top, columns * side, lines * side)
  drawFailureMarks(context, area, colors, grid)
  context.restore()
}

/** Red, green, blue, opacity for each cell. */
function fillPixels(pixels: Uint8ClampedArray, grid: DensityGrid, colors: Record<Outcome, string>): void {
  const { counts } = grid
  const cells = grid.columns * grid.lines
  const rgb = OUTCOMES.map(outcome => rgbOf(colors[outcome]))
  const [red, green, blue] = rgb[OK] as Rgb
  pixels.fill(0)
  for (let cell = 0; cell < cells; cell++) {
    let count = counts[OK * cells + cell] as number
    let over = OK
    let share = 0
    for (const outcome of OVER) {
      const more = counts[outcome * cells + cell] as number
      if (more === 0) continue
      count += more
      over = outcome
      share = more
    }
    if (count === 0) continue
    const mixed = over === OK ? 0 : mixOf(share / count, over === FAILED)
    const [overRed, overGreen, overBlue] = rgb[over] as Rgb
    const pixel = cell * 4
    pixels[pixel] = red + (overRed - red) * mixed
    pixels[pixel + 1] = green + (overGreen - green) * mixed
    pixels[pixel + 2] = blue + (overBlue - blue) * mixed
    pixels[pixel + 3] = 255 * Math.max(OPACITY[Math.min(count, OPAQUE_COUNT)] as number, mixed)
  }
}

function mixOf(share: number, failed: boolean): number {
  if (share >= CLEAR_SHARE) return 1
  return failed ? Math.max(TINGE.least, (share / CLEAR_SHARE) * TINGE.most) : 0
}

/** A single failure among thousands is seen at the bottom, whatever is drawn around it. */
function drawFailureMarks(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  { columns, lines, side, left, counts }: DensityGrid,
): void {
  const height = FAILURE_MARK * area.ratio
  const cells = columns * lines
  context.fillStyle = colors.outcomes.failed
  for (let column = 0; column < columns; column++) {
    let failed = 0
    let ok = 0
    for (let cell = column; cell < cells; cell += columns) {
      failed += counts[FAILED * cells + cell] as number
      ok += counts[OK * cells + cell] as number
    }
    if (failed === 0) continue
    const share = failed / (failed + ok)
    context.globalAlpha = LEAST_MARK + (1 - LEAST_MARK) * Math.min(1, share / OPAQUE_SHARE)
    context.fillRect(left + column * side, area.top + area.height - height / 2, side, height)
  }
}
