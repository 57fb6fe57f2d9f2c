// The library, in any JavaScript environment: the one door through which a recorder finds what to record.
// A monitor that an app imports may be older or newer than the extension, and come before or after it; they
// meet at a property of globalThis named by a registered symbol, and only there.
import type { Snapshot } from '../wire/batch.ts'
import type { LossSummary } from '../wire/loss-summary.ts'
import type { RawOperationColumns } from '../wire/operations.ts'

const DOOR = Symbol.for('perf-devtools.door.1')

/** Sources one page can offer: each costs the recorder a call at every delivery. */
export const MAX_SOURCES = 64

/** The page's own objects: whoever reads them makes bounded copies, at once (`toPlainData`, `toErrorData`). */
export interface RawDetail {
  metadata?: unknown
  /** There, and perhaps undefined, for an operation that was rejected: what with. */
  error?: unknown
}

/** What a source has to tell since it was last read. */
export interface News {
  operations?: RawOperationColumns<RawDetail>
  snapshots?: Snapshot[]
  /** Operations that were overwritten before they could be read. */
  lost: number
  /** Of those that were lost, where the source knows. */
  figures?: LossSummary
  /** Whether there is more to read at once. */
  more: boolean
}

/** Something that can be recorded. One reader at a time. */
export interface Source {
  /**
   * Asks to be called when there is something to read: once after each `read` that left nothing, and with
   * `urgent` when waiting longer would lose data. Undefined ends it.
   */
  listen(onNews: ((urgent: boolean) => void) | undefined): void
  /** Takes what is new, at most `limit` operations. */
  read(limit: number): News
}

/** The door itself: what was offered, and who wants to know of more. */
export interface Door {
  readonly sources: Source[]
  /** What the extension has put on `window`, for the next time that DevTools is opened. */
  monitors?: object
  /** Set while a recorder is there. */
  onSource?: ((source: Source) => void) | undefined
}

/** The door of this realm, made by whoever comes first. */
export function openDoor(): Door {
  const realm = globalThis as { [DOOR]?: Door }
  const found = realm[DOOR]
  // Whatever else a page has put there is no door.
  if (Array.isArray(found?.sources)) return found
  const door: Door = { sources: [], onSource: undefined }
  Object.defineProperty(realm, DOOR, { value: door, configurable: true })
  return door
}

/** Offers a source to the recorder, now or when one comes. */
export function offerSource(source: Source): void {
  const door = openDoor()
  if (door.sources.length >= MAX_SOURCES) return
  door.sources.push(source)
  door.onSource?.(source)
}
