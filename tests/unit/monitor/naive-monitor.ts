// Test (Node): the three systems as one would first write them. The contract's tests run against these as well,
// to prove that they can fail.
interface Metrics {
  operationName: string
  startTime: number
  endTime?: number
  duration?: number
  success: boolean
  error?: Error
  metadata?: Record<string, unknown> | undefined
}
type Listener = (metrics: Metrics) => void

export class NaiveMonitor {
  static #instance: NaiveMonitor | undefined
  #metrics = new Map<string, Metrics>()
  #listeners: Listener[] = []

  static getInstance(): NaiveMonitor {
    NaiveMonitor.#instance ??= new NaiveMonitor()
    return NaiveMonitor.#instance
  }

  async trackOperation<T>(name: string, operation: () => Promise<T>, metadata?: Record<string, unknown>): Promise<T> {
    const metrics: Metrics = { operationName: name, startTime: Date.now(), success: false, metadata }
    this.#metrics.set(`${name}-${Date.now()}`, metrics)
    try {
      const result = await operation()
      metrics.success = true
      return result
    } catch (error) {
      metrics.error = error as Error
      throw error
    } finally {
      metrics.endTime = Date.now()
      metrics.duration = metrics.endTime - metrics.startTime
      // biome-ignore lint/suspicious/useIterableCallbackReturn: naive
      this.#listeners.forEach(listener => listener(metrics))
    }
  }

  getMetrics() {
    const operations = [...this.#metrics.values()]
    const durations = operations.map(operation => operation.duration ?? 0)
    const successfulOperations = operations.filter(operation => operation.success).length
    return {
      operations,
      totalOperations: operations.length,
      successfulOperations,
      failedOperations: operations.length - successfulOperations,
      averageDuration: durations.reduce((sum, duration) => sum + duration, 0) / operations.length,
      maxDuration: Math.max(...durations),
      minDuration: Math.min(...durations),
    }
  }

  addListener(listener: Listener): void {
    this.#listeners.push(listener)
  }

  removeListener(listener: Listener): void {
    const index = this.#listeners.indexOf(listener)
    if (index > -1) this.#listeners.splice(index, 1)
  }

  clearMetrics(): void {
    this.#metrics.clear()
  }
}

type Method = (...args: unknown[]) => Promise<unknown>

export function naiveMonitored(operationName?: string) {
  return (target: object, key: string, descriptor: PropertyDescriptor): PropertyDescriptor => {
    const original = descriptor.value as Method
    const name = operationName ?? `${target.constructor.name}.${key}`
    descriptor.value = async function (this: unknown, ...args: unknown[]) {
      return NaiveMonitor.getInstance().trackOperation(name, () => original.apply(this, args), { args })
    }
    return descriptor
  }
}

export class NaiveMemoryMonitor {
  #snapshots = new Map<string, number>()

  takeSnapshot(label: string): void {
    const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } }
    this.#snapshots.set(label, memory?.usedJSHeapSize ?? process.memoryUsage?.().heapUsed ?? 0)
  }

  compareSnapshots(label1: string, label2: string): number {
    return (this.#snapshots.get(label2) ?? 0) - (this.#snapshots.get(label1) ?? 0)
  }
}

export function naiveExport(): string {
  return JSON.stringify(NaiveMonitor.getInstance().getMetrics())
}
