// Page. The extension's page script with a stand-in for its relay, in a browser without DevTools: with them,
// the debugger instruments every await, and what recording costs could hide behind that.

import { startPageRecorder } from '../../../injected/page-recorder.ts'
import { operationsIn } from '../../../wire/batch.ts'
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage } from '../../../wire/messages.ts'
import type { RawOperationColumns } from '../../../wire/operations.ts'
import { expose } from '../expose.ts'
import './window-monitor.ts'

// The relay lives on the page's thread and sends each batch on to another process, for which the worker stands.
const background = new Worker(URL.createObjectURL(new Blob(['onmessage = () => {}'])))
const NAME = 'stand-in'
const command = (message: PageCommand): void => {
  performance.dispatchEvent(new MessageEvent(commandEvent(NAME), { data: message }))
}
const stored = { documents: 1, ended: 0, lastRequest: 0, lost: 0 }

performance.addEventListener(NAME, event => {
  // As in the relay's world, where it is a copy.
  const data = structuredClone((event as MessageEvent<PageMessage>).data)
  if (data.type !== 'batch') return
  for (const { columns } of data.batch.operations) stored.ended += endedIn(columns)
  for (const { count } of data.batch.losses) stored.lost += count
  background.postMessage(data.batch)
  command({ type: 'stored', batches: 1, operations: operationsIn(data.batch) })
})

/** Rows of pending operations stand at the end. */
function endedIn({ outcome }: RawOperationColumns): number {
  let ended = outcome.length
  while (ended > 0 && outcome[ended - 1] === 0) ended--
  return ended
}

startPageRecorder()
performance.dispatchEvent(new MessageEvent(CONNECT_EVENT, { data: NAME }))

const monitor = window.PerformanceMonitor.getInstance()
Object.assign(globalThis, { stored })
expose(operation => monitor.trackOperation('op', operation))
