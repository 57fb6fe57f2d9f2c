// Isolated world of each frame: puts into storage what is not confirmed as stored when the page is unloaded. Whether a worker
// still hears the page's port, and lives to store what it hears, can't be known any more.
import type { Storage } from 'webextension-polyfill'
import { type LossReason, operationsIn, type RawBatch } from '../../wire/batch.ts'
import { redactBatch } from '../../wire/secret-names.ts'
import type { SecretNames } from '../../wire/secrets.ts'
import { encodeBatch, type UnloadRecord, unloadKey } from '../../wire/unload-batch.ts'

/** Characters that a document puts there each time it is unloaded: all documents have 10 MB together. */
const MAX_UNLOAD_LENGTH = 4_000_000

export interface UnsentBatch {
  seq: number
  batch: RawBatch
  /** Operations in it that were not reported before. */
  added: number
}

export interface UnloadParts {
  /** Made when it is asked for: most documents need none. */
  storage(): Pick<Storage.StorageArea, 'set'>
  /** Names the recording of this document. */
  stream: string
  /** When it began: epoch milliseconds. */
  since: number
  /** The parameters whose values storage must not have. */
  secretNames(): SecretNames
}

export interface UnloadBatches {
  /** Adds batches to those that are saved. */
  save(batches: readonly UnsentBatch[]): void
}

/** Of a document that is unloaded, perhaps not for the first time. */
export function createUnloadBatches({ storage, stream, since, secretNames }: UnloadParts): UnloadBatches {
  const record: UnloadRecord = { since, time: Date.now(), batches: [] }
  let length = 0

  const put = (key: string, value: unknown): void => {
    try {
      // Without space it is rejected, most likely when the page is gone. The record says what is missing then.
      storage()
        .set({ [key]: value })
        .catch(() => undefined)
    } catch {
      // The extension was reloaded or removed.
    }
  }

  const textOf = (batch: RawBatch): string | undefined => {
    try {
      redactBatch(batch, secretNames())
      const text = encodeBatch(batch)
      length += text.length
      return length < MAX_UNLOAD_LENGTH ? text : encodeBatch(withoutOperations(batch, 'page-left'))
    } catch {
      // A page's forgery, which JSON can't write.
      return undefined
    }
  }

  return {
    save(batches) {
      record.batches.push(...batches.map(({ seq, added }): [number, number] => [seq, added]))
      put(unloadKey(stream), record)
      for (const { seq, batch } of batches) {
        const text = textOf(batch)
        if (text !== undefined) put(unloadKey(stream, seq), text)
      }
    },
  }
}

/** What is left of a batch that is too large: how many operations it had. */
export function withoutOperations({ operations, ...batch }: RawBatch, reason: LossReason): RawBatch {
  return { ...batch, operations: [], losses: [...batch.losses, { reason, count: operationsIn({ operations }) }] }
}
