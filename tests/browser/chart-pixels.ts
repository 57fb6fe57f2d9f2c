// Test: what is drawn in the panel's canvases.
import type { Frame } from 'playwright/test'

/** How many pixels of a chart's canvas have this colour of the style sheet. */
export function pixelsOf(panel: Frame, chart: 'durations' | 'memory', color: string): Promise<number> {
  return panel.evaluate(
    ([chart, color]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`.chart.${chart} canvas`)
      const context = canvas?.getContext('2d')
      if (!canvas || !context) throw new Error('no chart')
      const value = getComputedStyle(document.documentElement).getPropertyValue(`--${color}`).trim()
      const pen = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D
      pen.fillStyle = value
      pen.fillRect(0, 0, 1, 1)
      const wanted = pen.getImageData(0, 0, 1, 1).data
      // Points let a little through, and the edges of lines are mixed with what is behind.
      const near = [30, 30, 30, 60]
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let found = 0
      for (let i = 0; i < data.length; i += 4) {
        if (near.every((most, part) => Math.abs((data[i + part] as number) - (wanted[part] as number)) <= most)) found++
      }
      return found
    },
    [chart, color] as const,
  )
}

/** Whether something stands in the chart of durations, at CSS pixels from the corner of its plot. */
export function isDrawn(panel: Frame, left: number, top: number): Promise<boolean> {
  return panel.evaluate(
    ([left, top]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.chart.durations canvas')
      const context = canvas?.getContext('2d')
      const over = document.querySelector('.chart.durations .u-over')
      if (!canvas || !context || !over) throw new Error('no chart')
      const [plot, all] = [over.getBoundingClientRect(), canvas.getBoundingClientRect()]
      const x = (plot.left - all.left + left) * devicePixelRatio
      const y = (plot.top - all.top + top) * devicePixelRatio
      // A point is nearly opaque; lines of the grid are not.
      return (context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data[3] as number) > 180
    },
    [left, top] as const,
  )
}
