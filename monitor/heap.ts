// The library, in any JavaScript environment: the heap's size, from whichever API there is.

interface MemorySources {
  performance?: { memory?: { usedJSHeapSize?: unknown } }
  process?: { memoryUsage?: () => { heapUsed: number } }
}

/**
 * Bytes of the JavaScript heap in use: `performance.memory.usedJSHeapSize` (Chromium) or
 * `process.memoryUsage().heapUsed` (Node). Undefined where the platform has no figure: never 0 for "not known".
 */
export function readUsedBytes(): number | undefined {
  const { performance, process } = globalThis as MemorySources
  const used = performance?.memory?.usedJSHeapSize
  if (typeof used === 'number') return used
  return process?.memoryUsage?.().heapUsed
}
