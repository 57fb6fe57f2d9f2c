// Test page: stands in for the relay, so that tests see what the injected script tells and can stop it. Run after it.

import { measureRequests } from '../../../extension/background/request-measures.ts'
import { httpDetailOf } from '../../../model/session/row-detail.ts'
import { operationsIn, type RawBatch } from '../../../wire/batch.ts'
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage } from '../../../wire/messages.ts'
import { KINDS, OUTCOMES } from '../../../wire/operations.ts'

declare global {
  interface Window {
    perf: {
      /** `fetch GET /path ok`, one for each operation, in the order of their starts. */
      operations(): string[]
      stop(): void
    }
  }
}

const operations = new Map<number, string>()
const NAME = 'test'
const command = (message: PageCommand): void => {
  performance.dispatchEvent(new MessageEvent(commandEvent(NAME), { data: message }))
}

function keep({ operations: parts }: RawBatch): void {
  for (const { columns: raw } of parts) {
    const { requests } = raw
    const columns = { ...raw, requests: requests && measureRequests(requests, raw.start) }
    for (const row of columns.id.keys()) {
      const http = httpDetailOf(columns, row)
      if (!http) continue
      const kind = KINDS[columns.kind[row] ?? 0]
      const outcome = OUTCOMES[columns.outcome[row] ?? 0]
      operations.set(columns.id[row] ?? 0, `${kind} ${http.method} ${new URL(http.url).pathname} ${outcome}`)
    }
  }
}

performance.addEventListener(NAME, event => {
  // As in the relay's world, where it is a copy.
  const data = structuredClone((event as MessageEvent<PageMessage>).data)
  if (data.type !== 'batch') return
  keep(data.batch)
  command({ type: 'stored', batches: 1, operations: operationsIn(data.batch) })
})
performance.dispatchEvent(new MessageEvent(CONNECT_EVENT, { data: NAME, cancelable: true }))

window.perf = {
  operations: () => [...operations].sort(([a], [b]) => a - b).map(([, operation]) => operation),
  stop: () => command({ type: 'stop' }),
}
