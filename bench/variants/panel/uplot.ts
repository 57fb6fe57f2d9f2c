// Page. uPlot's own points.
import uPlot from 'uplot'
import { type PeerGlobal, pointsOf, SPAN } from './points.ts'

let plot: uPlot | undefined

const peer: PeerGlobal = {
  start({ width, height, count }) {
    const { starts, durations } = pointsOf(count)
    const shown = { min: 0, max: SPAN }
    plot = new uPlot(
      {
        width,
        height,
        legend: { show: false },
        scales: { x: { time: false, ...shown }, y: { distr: 3, range: [0.1, 100_000] } },
        series: [{}, { paths: () => null, points: { show: true, size: 5, fill: '#1a73e8' } }],
      },
      [starts, durations],
      document.body,
    )
  },
  show: (min, max) => plot?.setScale('x', { min, max }),
}
Object.assign(globalThis, peer)
