// Page, after the extension's page script: stands in for its relay, in a browser without the extension. Batches are
// completed as the relay does it, and go on to a worker, as the relay's go to another process.

import { createBatchCompleter } from '../../../extension/relay/complete-batch.ts'
import { operationsIn } from '../../../wire/batch.ts'
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage } from '../../../wire/messages.ts'

/** What has arrived is counted there, off the page's thread: the relay counts no rows. */
const count = `
  let lastRequest = 0
  let lost = 0
  onmessage = ({ data }) => {
    if (data === 'stored') return postMessage({ lastRequest, lost })
    // The page's requests are the first source of the recorder.
    for (const { source, columns } of data.operations)
      if (source === 0) for (const id of columns.id) lastRequest = Math.max(lastRequest, id)
    for (const { count } of data.losses) lost += count
  }`
const background = new Worker(URL.createObjectURL(new Blob([count])))
const NAME = 'stand-in'
const command = (message: PageCommand): void => {
  performance.dispatchEvent(new MessageEvent(commandEvent(NAME), { data: message }))
}
const complete = createBatchCompleter(location.host)

performance.addEventListener(NAME, event => {
  // As in the relay's world, where it is a copy.
  const data = structuredClone((event as MessageEvent<PageMessage>).data)
  if (data.type !== 'batch') return
  complete(data.batch)
  background.postMessage(data.batch)
  command({ type: 'stored', batches: 1, operations: operationsIn(data.batch) })
})
performance.dispatchEvent(new MessageEvent(CONNECT_EVENT, { data: NAME }))

/** What has arrived so far. */
const stored = (): Promise<unknown> =>
  new Promise(resolve => {
    background.onmessage = ({ data }) => resolve(data)
    background.postMessage('stored')
  })
Object.assign(globalThis, { stored })
