// Page's own world (MAIN): the monitor on `window`, as the platform would put it there: not enumerable,
// writable and configurable, so that a page with a class of its own by that name wins.
import { MemoryMonitor } from '../monitor/memory-monitor.ts'
import { monitored } from '../monitor/monitored.ts'
import { PerformanceMonitor } from '../monitor/performance-monitor.ts'
import type { Registry } from '../monitor/registry.ts'
import { bare, defineProperty, getOwnPropertyDescriptor, reflectSet } from './primordials/natives.ts'
import { ownData } from './primordials/read.ts'
import { undoAll } from './primordials/undo-all.ts'

const OURS = { PerformanceMonitor, MemoryMonitor, monitored }

/**
 * Returns the undo, which leaves alone what the page has put there since. The registry keeps them: when DevTools is opened
 * again, a page that has taken hold of the monitor, and one that takes it anew, have the same.
 */
export function exposeMonitors(registry: Registry): () => void {
  const kept = ownData(registry, 'monitors')
  const undo = Object.entries(OURS).map(([name, ours]) => {
    const value = ownData(kept, name) ?? ours
    if (getOwnPropertyDescriptor(window, name)) return () => {}
    defineProperty(window, name, bare({ value, writable: true, configurable: true }))
    return () => {
      if (getOwnPropertyDescriptor(window, name)?.value === value) Reflect.deleteProperty(window, name)
    }
  })
  if (!kept) reflectSet(registry, 'monitors', OURS)
  return () => undoAll(undo)
}
