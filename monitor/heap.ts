// The library, in any JavaScript environment: the heap's size, from whichever API there is.

interface MemorySources {
  performance?: { memory?: { usedJSHeapSize?: number } }
  process?: { memoryUsage?: () => { heapUsed: number } }
}

/** The API that `readUsedBytes` reads. */
export function memoryApi(): 'performance.memory' | 'process.memoryUsage' | undefined {
  const { performance, process } = globalThis as MemorySources
  if (typeof performance?.memory?.usedJSHeapSize === 'number') return 'performance.memory'
  return typeof process?.memoryUsage === 'function' ? 'process.memoryUsage' : undefined
}

/**
 * Bytes of the JavaScript heap in use: `performance.memory.usedJSHeapSize` (Chromium) or
 * `process.memoryUsage().heapUsed` (Node). Undefined where the platform does not report it, never 0.
 */
export function readUsedBytes(): number | undefined {
  const { performance, process } = globalThis as MemorySources
  const used = performance?.memory?.usedJSHeapSize
  return typeof used === 'number' ? used : process?.memoryUsage?.().heapUsed
}
