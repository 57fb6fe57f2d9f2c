// Page's own world (MAIN): puts the monitor on `window` as the platform defines its interfaces: not enumerable, but writable
// and configurable, so that a page's own class of that name wins.
import { MemoryMonitor } from '../monitor/memory-monitor.ts'
import { monitored } from '../monitor/monitored.ts'
import { PerformanceMonitor } from '../monitor/performance-monitor.ts'
import type { Registry } from '../monitor/registry.ts'
import { bare, defineProperty, getOwnPropertyDescriptor, reflectSet } from './primordials/natives.ts'
import { ownData } from './primordials/read.ts'
import { undoAll } from './primordials/undo-all.ts'

const OURS = { PerformanceMonitor, MemoryMonitor, monitored }

/**
 * Returns the undo, which leaves alone what the page has put there since. The registry keeps the monitors, so that the page has
 * the same ones when DevTools is opened again.
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
