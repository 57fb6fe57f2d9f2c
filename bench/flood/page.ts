// The flooding page: tracks in a tight loop, by the extension's monitor where there is one, else by its own.
import { PerformanceMonitor } from '../../monitor/index.ts'

export interface FloodPage {
  /** Tracks for so many milliseconds; resolves with how many operations that were. */
  flood(duration: number): Promise<number>
}

const page: FloodPage = {
  async flood(duration) {
    const Monitor =
      (window as { PerformanceMonitor?: typeof PerformanceMonitor }).PerformanceMonitor ?? PerformanceMonitor
    const monitor = Monitor.getInstance()
    const end = performance.now() + duration
    let made = 0
    for (; performance.now() < end; made++) await monitor.trackOperation('flood', async () => {})
    return made
  },
}
Object.assign(globalThis, page)
