// Test: what the extension puts on `window`, and the extension's own API inside its worker.
import type { Browser } from 'webextension-polyfill'
import type { MemoryMonitor, monitored, PerformanceMonitor } from '../../monitor/index.ts'

declare global {
  interface Window {
    PerformanceMonitor: typeof PerformanceMonitor
    MemoryMonitor: typeof MemoryMonitor
    monitored: typeof monitored
  }
  const chrome: Browser
}
