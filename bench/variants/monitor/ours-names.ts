import { PerformanceMonitor } from '../../../monitor/index.ts'
import { expose } from '../expose.ts'

const monitor = PerformanceMonitor.getInstance()
const names = Array.from({ length: 100 }, (_, index) => `op-${index}`)
expose((operation, index) => monitor.trackOperation(names[index % 100] ?? 'op', operation))
