import { PerformanceMonitor } from '../../../monitor/index.ts'
import { expose } from '../expose.ts'

const monitor = PerformanceMonitor.getInstance()
let heard = 0
monitor.addListener(() => {
  heard++
})
Object.assign(globalThis, { heard: () => heard })
expose(operation => monitor.trackOperation('op', operation))
