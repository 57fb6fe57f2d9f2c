// Node. What a page has cost so far, over the DevTools protocol.
import type { CDPSession, Frame, Page } from 'playwright'

export interface PageCosts {
  /** CPU seconds the page's main thread has used. */
  cpuSeconds(): Promise<number>
  /** Bytes that survive a forced garbage collection. */
  retainedBytes(): Promise<number>
  /** The same in its parts: JS and Blink objects, and the storage of typed arrays. */
  heldBytes(): Promise<{ heap: number; buffers: number }>
}

/** @param page or a frame in a process of its own. */
export async function costsOf(page: Page | Frame): Promise<PageCosts> {
  const context = 'context' in page ? page.context() : page.page().context()
  const session: CDPSession = await context.newCDPSession(page)
  // Thread CPU time, not wall time and not task duration: other processes share the machine's cores,
  // and a main thread that is descheduled in the middle of a task has done no work meanwhile.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const heldBytes = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const heap = await session.send('Runtime.getHeapUsage')
    return { heap: heap.usedSize + heap.embedderHeapUsedSize, buffers: heap.backingStorageSize }
  }
  return {
    heldBytes,
    async cpuSeconds() {
      const { metrics } = await session.send('Performance.getMetrics')
      const threadTime = metrics.find(metric => metric.name === 'ThreadTime')
      if (threadTime === undefined) throw new Error('this Chromium reports no ThreadTime')
      return threadTime.value
    },
    async retainedBytes() {
      // Typed arrays live in backing stores and performance entries in Blink's heap: without those
      // two a ring would look free and `performance.mark` nearly so.
      const { heap, buffers } = await heldBytes()
      return heap + buffers
    },
  }
}
