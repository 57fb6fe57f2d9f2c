// The library, in any JavaScript environment: where all copies of it in a realm meet, and the extension finds them.
// A page can hold several: one in its bundle, one as CommonJS, older and newer ones, and the extension's own. They load
// in any order and know of each other only through one property of globalThis.
import type { Snapshot } from '../wire/batch.ts'
import type { LossSummary } from '../wire/loss-summary.ts'
import type { RawOperationColumns } from '../wire/operations.ts'

/** All versions have to use this name, or their copies would not meet. "door" is an earlier name of the registry. */
const REGISTRY = Symbol.for('perf-devtools.door.1')

/**
 * Raise it with each addition to the public members of the monitors. A copy of the library does not share a monitor of a
 * lower level, as that lacks members which its code may use.
 */
const API_LEVEL = 1

/** Sources that one page can register: each costs the recorder a call at every delivery. */
export const MAX_SOURCES = 64

/** The page's own objects. Readers copy what they need at once, within bounds: see `toPlainData`, `toErrorData`. */
export interface RawDetail {
  metadata?: unknown
  /** What the operation was rejected with. Present, and perhaps undefined, for every operation that was. */
  error?: unknown
}

/** What a source has recorded since it was last read. */
export interface News {
  operations?: RawOperationColumns<RawDetail>
  snapshots?: Snapshot[]
  /** Operations that were overwritten before they could be read. */
  lost: number
  /** The totals of those that were lost, where the source knows them. */
  summary?: LossSummary
  /** Whether there is more to read now. */
  more: boolean
}

/** Something that can be recorded. It has one reader at a time. */
export interface Source {
  /**
   * Asks to be called when there is something to read: once after each `read` that left nothing, and with
   * `urgent` when waiting longer would lose data. Undefined ends it.
   */
  listen(onNews: ((urgent: boolean) => void) | undefined): void
  /** Takes what is new, at most `limit` operations. */
  read(limit: number): News
}

interface SharedMonitor {
  readonly level: number
  readonly monitor: unknown
}

/** What all copies share. Members may be missing where an older version has made it. */
export interface Registry {
  readonly sources: Source[]
  performanceMonitor?: SharedMonitor
  memoryMonitor?: SharedMonitor
  /** What the extension has put on `window`, for the next time that DevTools is opened. */
  monitors?: object
  /** Set while a recorder is there: called with each further source. */
  onSource?: ((source: Source) => void) | undefined
}

/** The registry of this realm, made by whichever copy comes first. */
export function openRegistry(): Registry {
  const realm = globalThis as { [REGISTRY]?: Registry }
  const found = realm[REGISTRY]
  // Whatever else a page has put there is no registry.
  if (Array.isArray(found?.sources)) return found
  const registry: Registry = { sources: [], onSource: undefined }
  // Not possible where globalThis is frozen: copies do not meet there.
  Reflect.defineProperty(realm, REGISTRY, { value: registry, configurable: true })
  return registry
}

/** Registers a source with the recorder, now or when one comes. */
export function registerSource(source: Source): void {
  const registry = openRegistry()
  if (registry.sources.length >= MAX_SOURCES) return
  registry.sources.push(source)
  registry.onSource?.(source)
}

/** The monitors of this copy, if it has made any. */
const own: { [Kind in 'performanceMonitor' | 'memoryMonitor']?: unknown } = {}

/**
 * The realm's one monitor of a kind, made by `create` if there is none yet. A monitor of an older version that lacks
 * what this copy needs is replaced for all who ask from now on; what was tracked with it stays with it.
 */
export function shareMonitor<T>(kind: keyof typeof own, create: () => T): T {
  const registry = openRegistry()
  const shared = registry[kind]
  if (shared && shared.level >= API_LEVEL) return shared.monitor as T
  own[kind] ??= create()
  // A page may have frozen the registry.
  Reflect.set(registry, kind, { level: API_LEVEL, monitor: own[kind] })
  return own[kind] as T
}
