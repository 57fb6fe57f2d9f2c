// Page. The monitor as one would first write it, but with ids that don't collide.
interface OperationMetrics {
  operationName: string
  startTime: number
  endTime?: number
  duration?: number
  success: boolean
  error?: Error
  metadata?: Record<string, unknown> | undefined
}

export class NaiveMonitor {
  private metrics = new Map<string, OperationMetrics>()
  private listeners: ((metrics: OperationMetrics) => void)[] = []
  private counter = 0

  async trackOperation<T>(
    operationName: string,
    operation: () => Promise<T>,
    metadata?: Record<string, unknown>,
  ): Promise<T> {
    const id = `${operationName}-${this.counter++}`
    const metrics: OperationMetrics = { operationName, startTime: Date.now(), success: false, metadata }
    this.metrics.set(id, metrics)
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
      this.listeners.forEach(listener => {
        listener(metrics)
      })
    }
  }

  getMetrics() {
    const operations = [...this.metrics.values()]
    const durations = operations.map(operation => operation.duration ?? 0)
    return {
      operations,
      totalOperations: operations.length,
      averageDuration: durations.reduce((sum, duration) => sum + duration, 0) / operations.length,
      maxDuration: Math.max(...durations),
      minDuration: Math.min(...durations),
    }
  }
}
