// Any world: what the script in the page sends to the test's process, as a list in JSON.
import type { DocumentInfo } from '../wire/batch.ts'

/** The name of the binding. The page script takes it off `window` before any script of the page runs. */
export const BINDING = '__perfDevtools'

/** Dispatched on `performance` by the test: all that is recorded is to be sent now. */
export const FLUSH_EVENT = 'perf:flush'

export type TestMessage =
  /** `wallOffset`: as `Batch.wallOffset`, when the document began. */
  | { type: 'document'; document: Omit<DocumentInfo, 'frameId'>; wallOffset: number }
  /** `batch` is a `RawBatch` in which each typed array is a base64 text: see decode-batch.ts. */
  | { type: 'batch'; stream: string; title: string; batch: unknown }
