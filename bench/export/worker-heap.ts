// Node. What the extension's worker holds, over the browser's DevTools protocol.
import type { CDPSession } from 'playwright'

/** Bytes of JavaScript objects that survive a collection. The worker must be running. */
export async function workerHeap(browser: CDPSession): Promise<number> {
  const { targetInfos } = await browser.send('Target.getTargets')
  const worker = targetInfos.find(({ type }) => type === 'service_worker')
  if (!worker) throw new Error('the worker is not running')
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId: worker.targetId, flatten: false })
  let last = 0
  const ask = (method: string): Promise<{ usedSize?: number }> =>
    new Promise(resolve => {
      const id = ++last
      const onMessage = (event: { sessionId: string; message: string }): void => {
        const answer = JSON.parse(event.message) as { id?: number; result?: { usedSize?: number } }
        if (event.sessionId !== sessionId || answer.id !== id) return
        browser.off('Target.receivedMessageFromTarget', onMessage)
        resolve(answer.result ?? {})
      }
      browser.on('Target.receivedMessageFromTarget', onMessage)
      void browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    })
  await ask('HeapProfiler.collectGarbage')
  const { usedSize = 0 } = await ask('Runtime.getHeapUsage')
  await browser.send('Target.detachFromTarget', { sessionId })
  return usedSize
}
