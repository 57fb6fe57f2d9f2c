// Panel: keeps a chart as large as the element it is in.
import type uPlot from 'uplot'

/** Returns the undo. */
export function fitToHost(plot: uPlot, host: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = host
    if (width > 0 && height > 0 && (width !== plot.width || height !== plot.height)) plot.setSize({ width, height })
  })
  observer.observe(host)
  return () => observer.disconnect()
}
