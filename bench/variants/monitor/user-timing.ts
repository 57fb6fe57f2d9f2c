// Page. User Timing as it is usually written: the same names each time, nothing cleared.
import { expose } from '../expose.ts'

async function track<T>(name: string, operation: () => Promise<T>): Promise<T> {
  performance.mark(`${name}-start`)
  try {
    return await operation()
  } finally {
    performance.mark(`${name}-end`)
    performance.measure(name, `${name}-start`, `${name}-end`)
  }
}

expose(operation => track('op', operation))
