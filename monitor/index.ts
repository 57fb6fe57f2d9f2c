// The library's entry for browsers and bundlers.

export type { OperationStats } from '../session/operation-totals.ts'
export { exportSession } from './export-session.ts'
export type { LeakTestOptions, LeakTestResult } from './leak-test.ts'
export { MemoryMonitor, type MemorySnapshot } from './memory-monitor.ts'
export type {
  MonitorMetrics,
  MonitorStats,
  OperationMetrics,
  PerformanceMetrics,
  TrackedOperation,
} from './metrics.ts'
export { type MonitoredOptions, monitored } from './monitored.ts'
export type { OperationHandle } from './operation.ts'
export { PerformanceMonitor, type Watch } from './performance-monitor.ts'
