// Page. Chart.js' points, with what makes it fast: no animation, data that needs no parsing.
import { Chart, LinearScale, LogarithmicScale, PointElement, ScatterController } from 'chart.js'
import { type PeerGlobal, pointsOf, SPAN } from './points.ts'

Chart.register(ScatterController, PointElement, LinearScale, LogarithmicScale)
let chart: Chart<'scatter'> | undefined

const peer: PeerGlobal = {
  start({ width, height, count }) {
    const { starts, durations } = pointsOf(count)
    const data = starts.map((x, i) => ({ x, y: durations[i] as number }))
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    document.body.append(canvas)
    chart = new Chart(canvas, {
      type: 'scatter',
      data: { datasets: [{ data, backgroundColor: '#1a73e8', pointRadius: 2.5, borderWidth: 0 }] },
      options: {
        responsive: false,
        animation: false,
        parsing: false,
        normalized: true,
        events: [],
        scales: { x: { min: 0, max: SPAN }, y: { type: 'logarithmic', min: 0.1, max: 100_000 } },
      },
    })
  },
  show(min, max) {
    if (!chart?.options.scales?.x) return
    Object.assign(chart.options.scales.x, { min, max })
    chart.update('none')
  },
}
Object.assign(globalThis, peer)
