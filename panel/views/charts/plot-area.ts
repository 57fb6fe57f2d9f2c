// Panel: where times and durations stand in a chart's canvas, in device pixels. Plain arithmetic, so that a
// million points can be placed without a call to the chart each.
import type uPlot from 'uplot'
import { type DurationScale, shareOf } from './duration-scale.ts'

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

export function yOf({ top, height }: PlotArea, scale: DurationScale, duration: number): number {
  return top + height * (1 - shareOf(scale, duration))
}
