// Page. What the extension puts on `window`.
import type { PerformanceMonitor } from '../../../monitor/index.ts'

declare global {
  interface Window {
    PerformanceMonitor: typeof PerformanceMonitor
  }
}
