// Test (Node): whether an object can still be reached, as the collector sees it.

/** Collections after which an object that is still there is taken for kept. */
const ROUNDS = 20

const collect = (globalThis as { gc?: () => void }).gc

/** True once nothing holds the object any more. Needs `--expose-gc`. */
export async function isCollected(ref: WeakRef<object>): Promise<boolean> {
  if (!collect) throw new Error('run with --expose-gc')
  for (let round = 0; round < ROUNDS; round++) {
    // A WeakRef that was read keeps its object to the end of the task.
    await new Promise(resolve => setImmediate(resolve))
    collect()
    if (ref.deref() === undefined) return true
  }
  return false
}

/** Bytes of heap in use once everything unreachable is gone. */
export async function retainedBytes(): Promise<number> {
  if (!collect) throw new Error('run with --expose-gc')
  for (let round = 0; round < 3; round++) {
    await new Promise(resolve => setImmediate(resolve))
    collect()
  }
  return process.memoryUsage().heapUsed
}
