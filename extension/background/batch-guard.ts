// Any world: checks batches from a page, so that they are safe to store, show and export. If the scripts are injected
// into a page that has loaded already, the page's code can get hold of the channel to the relay and send anything. Each
// field has a bound, because the data is stored, and becomes objects in the panel.
import type { Batch, DocumentInfo, LongTask, Loss, MemorySample, PageEvent, Snapshot } from '../../wire/batch.ts'
import { isLossSummary } from '../../wire/loss-summary.ts'
import { isOperationColumns, MAX_ROWS } from '../../wire/operation-guard.ts'
import type { ConnectionDetail, ErrorDetail, OperationColumns, RowDetail } from '../../wire/operations.ts'
import { ERROR_CODES } from '../../wire/reason-codes.ts'
import { redactUrl } from '../../wire/redact-url.ts'
import { truncate } from '../../wire/truncate.ts'
import { isRawRequestColumns } from './request-guard.ts'
import { measureRequests } from './request-measures.ts'
import { type Field, type Shape, shaped } from './shape.ts'

/** Samples, snapshots, long tasks and page events in a batch: more than a recorder sends. */
export const MAX_ITEMS = 10_000
/** Sources in a batch, and losses: a page script reads no more sources, and each has few reasons. */
export const MAX_SOURCES = 200
/** Characters of a snapshot's label: a little more than the monitor keeps. */
const MAX_LABEL_LENGTH = 3_000
const MAX_TITLE_LENGTH = 1_000
const MAX_URL_LENGTH = 10_000
/** Characters of an error's name and of its message, and of a stack: more than a monitor or the page script keeps. */
const MAX_MESSAGE_LENGTH = 5_000
const MAX_STACK_LENGTH = 10_000
/** Characters of a name that is ours: of a recording, a kind of navigation, a reason. */
const MAX_WORD_LENGTH = 200

/** An identifier, as the page script takes it from a body: nothing else of a body may pass. */
const GRAPHQL_NAME = /^[_A-Za-z]\w{0,99}$/

/** What is known of an object of this type: a field that is added to it has to be added here. */
type ShapeOf<T> = Record<keyof T, Field>

const NUMBER = 'number'
const WORD = { maxLength: MAX_WORD_LENGTH }
const MESSAGE = { maxLength: MAX_MESSAGE_LENGTH }
const STACK = { maxLength: MAX_STACK_LENGTH }
const URL_TEXT = { maxLength: MAX_URL_LENGTH }
const ERROR = { name: MESSAGE, message: MESSAGE, stack: STACK } satisfies ShapeOf<Omit<ErrorDetail, 'code'>>
const CONNECTION = {
  url: URL_TEXT,
  openDuration: NUMBER,
  messagesIn: NUMBER,
  bytesIn: NUMBER,
  messagesOut: NUMBER,
  bytesOut: NUMBER,
  closeCode: NUMBER,
  closeReason: MESSAGE,
} satisfies ShapeOf<Omit<ConnectionDetail, 'match' | 'devtools'>>
const DETAIL = {
  error: { fields: ERROR },
  metadata: 'json',
  connection: { fields: CONNECTION },
  graphql: WORD,
  stack: STACK,
} satisfies ShapeOf<RowDetail>
const SAMPLE = {
  time: NUMBER,
  usedJSHeapSize: NUMBER,
  totalJSHeapSize: NUMBER,
  jsHeapSizeLimit: NUMBER,
  source: { oneOf: ['performance.memory'] },
} satisfies ShapeOf<MemorySample>
const SNAPSHOT = { label: { maxLength: MAX_LABEL_LENGTH }, time: NUMBER, usedBytes: NUMBER } satisfies ShapeOf<Snapshot>
const LONG_TASK = { start: NUMBER, duration: NUMBER } satisfies ShapeOf<LongTask>
const PAGE_EVENT = {
  type: { oneOf: ['interaction', 'visibility', 'soft-navigation', 'long-animation-frame'] },
  start: NUMBER,
  duration: NUMBER,
  name: URL_TEXT,
  id: NUMBER,
} satisfies ShapeOf<PageEvent>
const LOSS = {
  reason: { oneOf: ['buffer-full', 'backpressure', 'malformed', 'page-left', 'samples'] },
  count: NUMBER,
} satisfies ShapeOf<Omit<Loss, 'summary'>>
const DOCUMENT = {
  stream: WORD,
  url: URL_TEXT,
  title: { maxLength: MAX_TITLE_LENGTH },
  userAgent: { maxLength: MAX_TITLE_LENGTH },
  timeOrigin: NUMBER,
  clockResolution: NUMBER,
  memoryAvailable: 'boolean',
  navigationType: WORD,
} satisfies ShapeOf<Omit<DocumentInfo, 'documentId' | 'frameId'>>

/** What of a batch is one; the rest is counted as malformed. */
export function checkedBatch(value: unknown): Batch {
  const {
    operations,
    memory,
    snapshots,
    losses,
    longTasks,
    longTasksDropped,
    pageEvents,
    overheadMs,
    clearedAt,
    reportedUntil,
    wallOffset,
    time,
  } = (value ?? {}) as Record<string, unknown>
  const batch: Batch = { operations: [], memory: [], snapshots: [], losses: [] }
  let malformed = 0
  const take = <T>(list: unknown, into: T[], check: (item: unknown) => T | undefined, most = MAX_ITEMS): void => {
    if (!Array.isArray(list) || list.length > most) {
      malformed++
      return
    }
    for (const item of list) {
      const checked = check(item)
      if (checked === undefined) malformed += rowsOf(item)
      else into.push(checked)
    }
  }
  let rows = 0
  const withinRows = (item: unknown): Batch['operations'][number] | undefined => {
    const checked = checkedOperations(item)
    rows += checked?.columns.id.length ?? 0
    return rows > MAX_ROWS ? undefined : checked
  }
  take(operations, batch.operations, withinRows, MAX_SOURCES)
  take(memory, batch.memory, item => whole<MemorySample>(item, SAMPLE, 5))
  take(snapshots, batch.snapshots, checkedSnapshot)
  take(losses, batch.losses, checkedLoss, MAX_SOURCES)
  if (longTasks !== undefined) {
    batch.longTasks = []
    take(longTasks, batch.longTasks, checkedLongTask)
  }
  if (pageEvents !== undefined) {
    batch.pageEvents = []
    take(pageEvents, batch.pageEvents, checkedPageEvent)
  }
  if (isCount(longTasksDropped)) batch.longTasksDropped = longTasksDropped
  if (isNumber(overheadMs) && overheadMs >= 0) batch.overheadMs = overheadMs
  if (isNumber(clearedAt)) batch.clearedAt = clearedAt
  if (isNumber(reportedUntil)) batch.reportedUntil = reportedUntil
  if (isNumber(wallOffset)) batch.wallOffset = wallOffset
  if (isNumber(time)) batch.time = time
  if (malformed > 0) batch.losses.push({ reason: 'malformed', count: malformed })
  return batch
}

/** Undefined unless it describes a document; texts that are too long are shortened. */
export function checkedDocument(value: unknown): DocumentInfo | undefined {
  const found = whole<DocumentInfo>(value, DOCUMENT, 8)
  if (!found || found.timeOrigin < 0 || found.clockResolution < 0) return undefined
  return { ...found, frameId: 0 }
}

export function checkedTitle(title: unknown): string {
  return typeof title === 'string' ? truncate(title, MAX_TITLE_LENGTH) : ''
}

function checkedOperations(item: unknown): Batch['operations'][number] | undefined {
  const { source, columns } = (item ?? {}) as Record<string, unknown>
  if (!Number.isInteger(source) || (source as number) < 0 || (source as number) >= MAX_ITEMS) return undefined
  if (!isOperationColumns(columns)) return undefined
  const { requests } = columns
  const details: OperationColumns['details'] = []
  for (const [row, detail] of columns.details) {
    const checked = checkedDetail(detail, requests !== undefined)
    if (!checked) return undefined
    details.push([row, checked])
  }
  const { id, kind, outcome, name, start, duration, parent, strings } = columns
  const checked: OperationColumns = { id, kind, outcome, name, start, duration, parent, strings, details }
  if (requests !== undefined) {
    if (!isRawRequestColumns(requests, id.length, strings.length)) return undefined
    const { methods, urls, state, callDuration, entryIndex, timings, protocols, abandoned } = requests
    checked.requests = measureRequests(
      { methods, urls, state, callDuration, entryIndex, timings, protocols, abandoned },
      start,
    )
  }
  return { source: source as number, columns: checked }
}

/** @param ofRequest whether the page script made it: codes are its own. */
function checkedDetail(value: object, ofRequest: boolean): RowDetail | undefined {
  const detail = shaped(value, DETAIL) as RowDetail | undefined
  if (!detail) return undefined
  const { error, connection, graphql } = detail
  const code = ofRequest ? (value as RowDetail).error?.code : undefined
  if (graphql !== undefined && !GRAPHQL_NAME.test(graphql)) return undefined
  if (error?.name !== undefined && code !== undefined && ERROR_CODES.includes(code)) {
    detail.error = { name: error.name, code }
  } else if (error && (error.name === undefined || error.message === undefined)) return undefined
  if (connection && ['url', 'messagesIn', 'bytesIn', 'messagesOut', 'bytesOut'].some(key => !(key in connection))) {
    return undefined
  }
  return detail
}

function checkedSnapshot(item: unknown): Snapshot | undefined {
  const found = shaped(item, SNAPSHOT) as Partial<Snapshot> | undefined
  if (found?.label === undefined || found.time === undefined) return undefined
  return found as Snapshot
}

function checkedLoss(item: unknown): Loss | undefined {
  const found = whole<Loss>(item, LOSS, 2)
  if (!found || !isCount(found.count)) return undefined
  const { summary } = item as Loss
  return isLossSummary(summary, found.count) ? { ...found, summary } : found
}

function checkedLongTask(item: unknown): LongTask | undefined {
  const found = whole<LongTask>(item, LONG_TASK, 2)
  return found && found.duration >= 0 ? found : undefined
}

function checkedPageEvent(item: unknown): PageEvent | undefined {
  const found = whole<PageEvent>(item, PAGE_EVENT, 5)
  if (!found || !(found.duration >= 0 && found.id >= 0)) return undefined
  return { ...found, name: redactUrl(found.name) }
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

/** With as many fields as there have to be. */
function whole<T>(item: unknown, shape: Shape, fields: number): T | undefined {
  const found = shaped(item, shape)
  return found && Object.keys(found).length === fields ? (found as T) : undefined
}

/** How many operations are gone with an item that is none. */
function rowsOf(item: unknown): number {
  const { columns } = (item ?? {}) as { columns?: { id?: unknown } }
  return columns?.id instanceof Uint32Array ? Math.max(1, Math.min(columns.id.length, MAX_ROWS)) : 1
}
