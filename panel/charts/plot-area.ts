// Panel: where times and durations stand in a chart's canvas, in device pixels. Plain arithmetic, so that a
// million points can be placed without a call to the chart each.
import type uPlot from 'uplot'

export interface PlotArea {
  left: number
  top: number
  width: number
  height: number
  /** Device pixels to a CSS pixel. */
  ratio: number
  /** The span of time, in epoch milliseconds. */
  from: number
  to: number
}

export function plotAreaOf(plot: uPlot, pixelRatio: number): PlotArea {
  const { left, top, width, height } = plot.bbox
  const { min, max } = plot.scales.x ?? {}
  return { left, top, width, height, ratio: pixelRatio, from: min ?? 0, to: max ?? 1 }
}

export function xOf({ left, width, from, to }: PlotArea, time: number): number {
  return left + ((time - from) / (to - from)) * width
}

/** A logarithmic scale of durations: whole decades, in milliseconds. */
export interface DurationScale {
  least: number
  most: number
}

export function yOf({ top, height }: PlotArea, { least, most }: DurationScale, duration: number): number {
  const share = Math.log(Math.max(duration, least) / least) / Math.log(most / least)
  return top + height * (1 - Math.min(share, 1))
}

/** The usual step of a page's clock, where none is known yet. */
const USUAL_RESOLUTION = 0.1

/** From the clock's step, or 1 ms, to the decade above the longest duration; at least to a second. */
export function durationScaleOf(longest: number, resolution: number): DurationScale {
  const step = resolution > 0 ? Math.min(resolution, 1) : USUAL_RESOLUTION
  const least = 10 ** Math.floor(Math.log10(step) + 1e-9)
  return { least, most: Math.max(1000, 10 ** Math.ceil(Math.log10(Math.max(longest, 1)) + 0.05)) }
}
