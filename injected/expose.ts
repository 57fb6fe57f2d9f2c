// Page's own world (MAIN): the monitor on `window`, as the platform would put it there: not enumerable,
// writable and configurable, so that a page with a class of its own by that name wins.
import { MemoryMonitor } from '../monitor/memory-monitor.ts'
import { monitored } from '../monitor/monitored.ts'
import { PerformanceMonitor } from '../monitor/performance-monitor.ts'
import { bare, defineProperty, getOwnPropertyDescriptor } from './natives.ts'
import { undoAll } from './undo-all.ts'

/** Returns the undo, which leaves alone what the page has put there since. */
export function exposeMonitors(): () => void {
  const undo = Object.entries({ PerformanceMonitor, MemoryMonitor, monitored }).map(([name, value]) => {
    if (getOwnPropertyDescriptor(window, name)) return () => {}
    defineProperty(window, name, bare({ value, writable: true, configurable: true, enumerable: false }))
    return () => {
      if (getOwnPropertyDescriptor(window, name)?.value === value) Reflect.deleteProperty(window, name)
    }
  })
  return () => undoAll(undo)
}
