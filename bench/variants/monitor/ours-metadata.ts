import { PerformanceMonitor } from '../../../monitor/index.ts'
import { expose } from '../expose.ts'

const monitor = PerformanceMonitor.getInstance()
expose(operation => monitor.trackOperation('op', operation, { cart: 3 }))
