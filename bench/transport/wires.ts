// What is compared, known to the page, the content script, the worker and Node.

/** `columns`: ours; `objects`: JSON of a batch of objects; `messages`: one message for each operation. */
export const WIRES = ['columns', 'objects', 'messages'] as const

export type Wire = (typeof WIRES)[number]

/** Page → content script, for the wires that are not ours: the event's name. */
export const SEND_EVENT = 'bench:send'
/** Content script → page: its data are the operations that were stored. */
export const STORED_EVENT = 'bench:stored'
export const PORT = 'bench'

/** An operation as an object, as a page's own code would have it. */
export interface PlainOperation {
  id: number
  kind: string
  operationName: string
  outcome: string
  startTime: number
  duration: number
}

export interface TransportPage {
  /** Sends `batches` of `size` operations each, one in a task, and resolves when all are stored. */
  send(wire: Wire, size: number, batches: number): Promise<void>
}
