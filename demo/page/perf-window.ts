// World: the demo page. What the extension puts on `window`; all of it is absent while DevTools is closed.

import type { MemoryMonitor, PerformanceMonitor } from '../../monitor/index.ts'

/** `monitored` as this page uses it: standard decorators on methods that return a promise. */
export type Monitored = (
  operationName?: string,
) => <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Promise<Result>,
  context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Promise<Result>>,
) => (this: This, ...args: Args) => Promise<Result>

interface PerfWindow {
  readonly PerformanceMonitor?: typeof PerformanceMonitor
  readonly MemoryMonitor?: typeof MemoryMonitor
  readonly monitored?: Monitored
}

export const perfWindow: PerfWindow = window as Window & PerfWindow

export function isMonitorPresent(): boolean {
  return perfWindow.PerformanceMonitor !== undefined
}
