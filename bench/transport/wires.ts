// What is compared, known to the page, the content script, the worker and Node.

/**
 * `columns`: ours. The others go as those of other DevTools extensions do, by `window.postMessage` and messages that
 * the browser serializes as JSON: `objects` in batches, `messages` one for each operation.
 */
export const WIRES = ['columns', 'objects', 'messages'] as const

export type Wire = (typeof WIRES)[number]

/** Page → content script, for the wires that are not ours. */
export interface PeerMessage {
  source: 'page'
  operations: PlainOperation[]
}

/** Content script → page: so many messages were stored. */
export interface PeerAnswer {
  source: 'relay'
  stored: number
}

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
  /** Makes operations that have ended, for `batches` of `size` each: that costs the same by all wires, and is none of theirs. */
  prepare(wire: Wire, size: number, batches: number): void
  /** Sends them, a batch in a task, and resolves when all are stored. */
  send(): Promise<void>
}
