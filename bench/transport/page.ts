// The page: operations that have ended stand in a monitor's ring, and are sent by each wire. Ours is read by the
// monitor's own source and goes to the extension's own relay.
import { Operation } from '../../monitor/operation.ts'
import { OperationRing } from '../../monitor/operation-ring.ts'
import { OperationSource } from '../../monitor/operation-source.ts'
import { PendingOperations } from '../../monitor/pending-operations.ts'
import type { RawBatch } from '../../wire/batch.ts'
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage, READY_EVENT } from '../../wire/messages.ts'
import { OK, OUTCOMES, type RawOperationColumns } from '../../wire/operations.ts'
import type { PeerAnswer, PeerMessage, PlainOperation, TransportPage, Wire } from './wires.ts'

const NAMES = ['GET /api/users', 'POST /api/orders', 'checkout', 'render list', 'GET /api/items']

let relay = ''
let stored = 0
let wake: () => void = () => {}
const tracker = { trackOperation: () => Promise.reject(new Error('no operation is tracked here')) }

performance.addEventListener(CONNECT_EVENT, event => {
  event.preventDefault()
  relay = (event as MessageEvent<string>).data
  performance.addEventListener(commandEvent(relay), command => {
    const { data } = command as MessageEvent<PageCommand>
    if (data.type === 'stored') noteStored(data.batches)
  })
})
addEventListener('message', ({ data }: MessageEvent<PeerMessage | PeerAnswer>) => {
  if (data.source === 'relay') noteStored(data.stored)
})
performance.dispatchEvent(new Event(READY_EVENT))

function noteStored(count: number): void {
  stored += count
  wake()
}

function tellRelay(message: PageMessage): void {
  performance.dispatchEvent(new MessageEvent(relay, { data: message }))
}

function post(operations: PlainOperation[]): void {
  postMessage({ source: 'page', operations } satisfies PeerMessage, '*')
}

function plainOperation(ring: OperationRing, at: number): PlainOperation {
  return {
    id: ring._ids[at] as number,
    kind: 'custom',
    operationName: ring._names[at] as string,
    outcome: OUTCOMES[ring._outcomes[at] as number] as string,
    startTime: performance.timeOrigin + (ring._starts[at] as number),
    duration: ring._durations[at] as number,
  }
}

/** Called with the row at which each batch begins. It sends one message, or many. */
function sender(wire: Wire, size: number, ring: OperationRing): (from: number) => number {
  const source = new OperationSource(() => ring, new PendingOperations())
  if (wire === 'columns') {
    return () => {
      const { operations } = source.read(size)
      const columns = operations as RawOperationColumns
      const batch: RawBatch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
      tellRelay({ type: 'batch', batch })
      return 1
    }
  }
  const rows = (from: number) => Array.from({ length: size }, (_, i) => plainOperation(ring, from + i))
  if (wire === 'objects') {
    return from => {
      post(rows(from))
      return 1
    }
  }
  return from => {
    for (let i = 0; i < size; i++) post([plainOperation(ring, from + i)])
    return size
  }
}

/** What `prepare` has made ready. */
let ready: { batches: number; size: number; send(from: number): number }

const page: TransportPage = {
  prepare(wire, size, batches) {
    const ring = new OperationRing(size * batches)
    for (let i = 0; i < ring._capacity; i++) {
      const name = NAMES[i % NAMES.length] as string
      const operation = new Operation(tracker, i + 1, name, 0, undefined, i * 0.7)
      ring._push(Object.assign(operation, { _duration: 1 + (i % 97), _outcome: OK }))
    }
    tellRelay({ type: 'hello', memoryAvailable: false })
    ready = { batches, size, send: sender(wire, size, ring) }
  },
  async send() {
    stored = 0
    let sent = 0
    for (let batch = 0; batch < ready.batches; batch++) {
      sent += ready.send(batch * ready.size)
      // No timer: waking up for one costs more than a batch.
      await scheduler.postTask(() => {})
    }
    while (stored < sent) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  },
}
Object.assign(globalThis, page)
