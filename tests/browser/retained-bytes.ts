// Test (Node): what a page's heap holds after a forced garbage collection, typed arrays and DOM included.
import type { Page } from 'playwright/test'

export async function retainedBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const heap = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize
}
