// Test (Node): code of users, as text: it is compiled and run in a project of its own.

/** Issue 3's API, word for word but for the names of the classes, and code that was written against it. */
export const API_USAGE = `
import { MemoryMonitor, monitored, type OperationMetrics as Ours, type PerformanceMetrics as OurMetrics, PerformanceMonitor } from 'perf-devtools'

interface OperationMetrics { operationName: string; startTime: number; endTime?: number; duration?: number;
  success: boolean; error?: Error; metadata?: Record<string, any> }
interface PerformanceMetrics { operations: OperationMetrics[]; totalOperations: number; successfulOperations: number;
  failedOperations: number; averageDuration: number; maxDuration: number; minDuration: number }
interface Monitor {
  trackOperation<T>(operationName: string, operation: () => Promise<T>, metadata?: Record<string, any>): Promise<T>;
  getMetrics(): PerformanceMetrics;
  addListener(l: (m: OperationMetrics) => void): void; removeListener(l: (m: OperationMetrics) => void): void; clearMetrics(): void }
interface Memory { takeSnapshot(label: string): void; compareSnapshots(label1: string, label2: string): number }

// The classes are those of the issue.
const classes: [{ getInstance(): Monitor }, { getInstance(): Memory }] = [PerformanceMonitor, MemoryMonitor]
const monitor: Monitor = PerformanceMonitor.getInstance()
const memory: Memory = classes[1].getInstance()

// Types are inferred as from the issue's signatures.
export const user: Promise<{ id: number }> = PerformanceMonitor.getInstance().trackOperation('user', async () => ({ id: 1 }))
export const nothing: Promise<void> = PerformanceMonitor.getInstance().trackOperation<void>('nothing', async () => {}, { cart: 3 })
export async function wrap<T>(name: string, operation: () => Promise<T>, metadata?: Record<string, any>): Promise<T> {
  return PerformanceMonitor.getInstance().trackOperation(name, operation, metadata)
}

// Values may be made and passed on by their types, the library's own included.
const empty: PerformanceMetrics = { operations: [], totalOperations: 0, successfulOperations: 0, failedOperations: 0,
  averageDuration: 0, maxDuration: 0, minDuration: 0 }
export let state: OurMetrics = empty
state = PerformanceMonitor.getInstance().getMetrics()
export const fake: Ours = { operationName: 'a', startTime: 1, success: true }
const slow: Ours[] = state.operations.filter(({ duration }) => (duration ?? 0) > 1000)
export const names: string[] = slow.map(operation => operation.metadata?.user.name as string)
const listener = (m: OperationMetrics): void => { if (m.error) console.error(m.error.message, m.metadata?.anything.at.all) }
monitor.addListener(listener)
monitor.removeListener(listener)
PerformanceMonitor.getInstance().addListener((m: Ours) => { const d: number | undefined = m.duration; void d })
PerformanceMonitor.getInstance().removeListener(listener)

class Service {
  base = 40
  @monitored() async add(amount: number): Promise<number> { return this.base + amount }
  @monitored('fetchUser') async load(id: string): Promise<{ id: string }> { return { id } }
  @monitored() double(value: number): number { return value * 2 }
  @monitored() static create<T>(value: T): T { return value }
  @monitored('generic') async generic<T extends object>(value: T): Promise<T> { return value }
  @monitored('opted', { metadata: (id: string) => ({ id }) }) opted(id: string): string { return id }
}
export const result: Promise<number> = new Service().add(2)
memory.takeSnapshot('start')
memory.takeSnapshot('end')
const difference: number = memory.compareSnapshots('start', 'end')
void difference
`

/** A program in Node: tracks, decorates nothing, exports. */
export const NODE_PROGRAM = `
import { exportSession, MemoryMonitor, PerformanceMonitor } from 'perf-devtools'
const monitor = PerformanceMonitor.getInstance()
await monitor.trackOperation('checkout', async () => {
  await new Promise(resolve => setTimeout(resolve, 1))
  await monitor.trackOperation('pay', async () => {}, { cart: 3 })
})
await monitor.trackOperation('failed', () => Promise.reject(new TypeError('no'))).catch(() => {})
void monitor.trackOperation('pending', () => new Promise(() => {}))
MemoryMonitor.getInstance().takeSnapshot('end')
console.log(exportSession())
`
