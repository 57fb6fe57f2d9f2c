// Isolated world of each frame: puts batches of a page that is being left into storage. Whether a worker still hears the
// page's port, and lives to store what it hears, can't be known any more.
import type { Storage } from 'webextension-polyfill'
import { type LossReason, operationsIn, type RawBatch } from '../../wire/batch.ts'
import { redactBatch } from '../../wire/secret-names.ts'
import { toText, unloadKey } from '../../wire/unload-batch.ts'

/** Characters that a page puts there each time it is left: storage takes 10 MB in all. */
const MAX_KEPT_LENGTH = 4_000_000

/** @param secretNames the parameters whose values storage must not have. */
export function saveUnloadBatches(
  area: () => Storage.StorageArea,
  stream: string,
  secretNames: () => ReadonlySet<string>,
) {
  let length = 0
  return {
    /** The page is being left, perhaps not for the first time. */
    begin() {
      length = 0
    },
    keep(seq: number, batch: RawBatch) {
      redactBatch(batch, secretNames())
      const text = toText(batch)
      length += text.length
      const kept = length < MAX_KEPT_LENGTH ? text : toText(withoutOperations(batch, 'page-left'))
      area()
        .set({ [unloadKey(stream, seq)]: kept })
        .catch(() => undefined)
    },
  }
}

/** What is left of a batch that is too large: that it was there. */
export function withoutOperations({ operations, ...batch }: RawBatch, reason: LossReason): RawBatch {
  return { ...batch, operations: [], losses: [...batch.losses, { reason, count: operationsIn({ operations }) }] }
}
