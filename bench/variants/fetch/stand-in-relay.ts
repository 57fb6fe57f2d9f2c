// Page, after the extension's page script: stands in for its relay, in a browser without the extension. Batches are
// completed as the relay does it, and go on to a worker, as the relay's go to another process.

import { operationsIn } from '../../../wire/batch.ts'
import { createBatchCompleter } from '../../../wire/complete-batch.ts'
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage } from '../../../wire/messages.ts'

/** The page's requests are the first source of the recorder. */
const REQUESTS = 0

const background = new Worker(URL.createObjectURL(new Blob(['onmessage = () => {}'])))
const NAME = 'stand-in'
const command = (message: PageCommand): void => {
  performance.dispatchEvent(new MessageEvent(commandEvent(NAME), { data: message }))
}
const complete = createBatchCompleter(location.host)
const stored = { documents: 1, ended: 0, lost: 0, lastRequest: 0 }

performance.addEventListener(NAME, event => {
  // As in the relay's world, where it is a copy.
  const data = structuredClone((event as MessageEvent<PageMessage>).data)
  if (data.type !== 'batch') return
  for (const { source, columns } of data.batch.operations) {
    if (source !== REQUESTS) continue
    const { id } = columns
    for (let i = 0; i < id.length; i++) stored.lastRequest = Math.max(stored.lastRequest, id[i] as number)
  }
  for (const { count } of data.batch.losses) stored.lost += count
  complete(data.batch)
  background.postMessage(data.batch)
  command({ type: 'stored', batches: 1, operations: operationsIn(data.batch) })
})
performance.dispatchEvent(new MessageEvent(CONNECT_EVENT, { data: NAME }))
Object.assign(globalThis, { stored })
