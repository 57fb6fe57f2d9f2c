// Page's own world (MAIN): the page's requests as a source that the recorder reads. The patches add calls, Resource Timing
// reports their ends, and both are matched here, in a task of our own.

import { now } from '../../monitor/clock.ts'
import { BEACON, FETCH, XHR } from '../../wire/operations.ts'
import { NO_OUTCOME, NOT_TIMED, OPAQUE, URL_UNREADABLE } from '../../wire/reason-codes.ts'
import { EARLIER } from '../../wire/request-columns.ts'
import type { CheckedNews, CheckedSource } from '../guarded-source.ts'
import { timed } from '../overhead.ts'
import { apply, bare, entriesOf, max, NativePerformanceObserver, withoutUser } from '../primordials/natives.ts'
import { callStack } from './call-stack.ts'
import { entryFields } from './entry-fields.ts'
import { graphqlName } from './graphql-name.ts'
import { type CallLog, HAS_DETAILS, OPAQUE_RESPONSE, PendingRequest, SETTLED } from './request-call.ts'
import { endAtOnce, endByTiming } from './request-end.ts'
import { createRequestKeys, type RequestKey } from './request-key.ts'
import { matchEntry } from './request-matcher.ts'
import { writeRequests } from './request-rows.ts'
import {
  addRow,
  callDurationAt,
  clearRow,
  compact,
  createRequestTable,
  detailsAt,
  flagsAt,
  idAt,
  inFlightKindAt,
  keyAt,
  MIN_CAPACITY,
  resendInFlight,
  settleRow,
  startAt,
} from './request-table.ts'

/** Requests that wait to be read: as many as the fastest page makes in a second. At the bound calls are counted as lost. */
export const MAX_UNSENT_REQUESTS = 20_000
/** Requests in flight. At the bound the oldest are abandoned: they get no end. */
export const MAX_IN_FLIGHT_REQUESTS = 5_000

/** Lists of Resource Timing entries that wait to be read. */
export const MAX_UNREAD_LISTS = 200

/** The kinds of request that are patched, by Resource Timing's `initiatorType`. */
const KINDS_BY_INITIATOR: Partial<Record<string, number>> = bare({
  fetch: FETCH,
  xmlhttprequest: XHR,
  beacon: BEACON,
})

export interface RequestSource extends CheckedSource, CallLog {
  /** Reports all requests in flight once more, to a reader that has not heard of them. */
  reportPending(): void
  stop(): void
}

export function createRequestSource(): RequestSource {
  const table = createRequestTable()
  const keys = createRequestKeys()
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const add: CallLog['add'] = (flags, start, called, key, details) => {
    if (table.unsent >= MAX_UNSENT_REQUESTS) {
      lost++
      return
    }
    const stack = callStack()
    if (stack) {
      details ??= new PendingRequest(key)
      details.stack = stack
    }
    const bits = details ? flags | HAS_DETAILS : flags
    addRow(table, ++table.lastId, bits, start, called, called - start, details ?? key)
    table.maxCallDuration = max(table.maxCallDuration, called - start + 1)
    if (table.unsent === 1) onNews?.(false)
  }

  /** Sorts new calls into those that are in flight and those that have ended already or get no end. */
  const classify = (): void => {
    const { filled } = table
    if (table.classified < filled) {
      const baseChanged = keys.updateBase()
      for (let row = table.classified; row < filled; row++) {
        const flags = flagsAt(table, row)
        // The usual case, in which nothing has to be found out.
        if (!baseChanged && flags < HAS_DETAILS && (table.refs[row] as RequestKey).isSimple) table.inFlight++
        else if (inFlightKindAt(table, row)) classifyRow(row, baseChanged)
      }
      table.classified = filled
    }
    while (table.inFlight > MAX_IN_FLIGHT_REQUESTS) {
      const row = table.oldest++
      if (!inFlightKindAt(table, row)) continue
      table.inFlight--
      if (row >= table.sent) continue
      table.abandoned[table.abandoned.length] = idAt(table, row)
      clearRow(table, row)
    }
  }

  /** @param baseChanged whether the document has another URL than when calls were classified last. */
  const classifyRow = (row: number, baseChanged: boolean): void => {
    let key = keyAt(table, row)
    let request = detailsAt(table, row)
    if (baseChanged) {
      key = keys.of(key.method, key.givenUrl)
      if (request) request.key = key
      else table.refs[row] = key
    }
    keys.resolve(key)
    const { givenUrl, timingKey, isSimple } = key
    if (request || !isSimple) {
      request ??= new PendingRequest(key)
      if (request.graphql !== undefined) request.graphql = graphqlName(request.graphql)
      const ended = endAtOnce(request, flagsAt(table, row), callDurationAt(table, row))
      if (!ended && timingKey === undefined) request.endUnknown = givenUrl === undefined ? URL_UNREADABLE : NOT_TIMED
      if (ended || timingKey === undefined) {
        settleRow(table, row, request)
        return
      }
    }
    table.inFlight++
  }

  /** Matches entries to calls. Entries without a call that started before `begun` are of requests before the patches. */
  const readEntries = (entries: readonly PerformanceEntry[], begun: number): void => {
    classify()
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as PerformanceEntry
      const kind = KINDS_BY_INITIATOR[entryFields.initiatorType(entry)]
      if (!kind) continue
      const name = entryFields.name(entry)
      const startTime = entryFields.startTime(entry)
      const match = matchEntry(table, kind, withoutUser(name), startTime)
      if (match) {
        const { row, inferred } = match
        const request = detailsAt(table, row) ?? new PendingRequest(keyAt(table, row))
        if (endByTiming(request, flagsAt(table, row), startAt(table, row), entry)) request.inferred = inferred
        else request.endUnknown = OPAQUE
        table.inFlight--
        settleRow(table, row, request)
      } else if (startTime < begun) {
        const key = keys.of(undefined, name)
        keys.resolve(key)
        const request = new PendingRequest(key)
        const flags = kind | SETTLED | OPAQUE_RESPONSE | EARLIER
        if (!endByTiming(request, flags, startTime, entry)) request.endUnknown = NO_OUTCOME
        add(flags, startTime, startTime, key, request)
      }
    }
  }

  const begun = now()
  /** Lists of entries to be read. Reading many at a time costs a fraction of reading each as it comes. */
  const lists: PerformanceObserverEntryList[] = bare([])
  const readLists = (): void => {
    for (let i = 0; i < lists.length; i++)
      readEntries(apply(entriesOf, lists[i] as PerformanceObserverEntryList, []), begun)
    lists.length = 0
  }
  const observer = new NativePerformanceObserver(list => {
    lists[lists.length] = list
    if (lists.length === MAX_UNREAD_LISTS) timed(readLists)
    onNews?.(false)
  })
  observer.observe({ type: 'resource', buffered: true })

  return {
    keyOf: keys.of,
    add,
    listen(listener) {
      onNews = listener
      // Ends may have come while nobody listened.
      if (table.unsent + lists.length > 0) listener?.(false)
    },
    read(limit): CheckedNews {
      readLists()
      classify()
      const operations = writeRequests(table, limit)
      if (table.filled > 2 * (table.unsent + table.inFlight) + MIN_CAPACITY) compact(table)
      const news: CheckedNews = { operations, lost, more: table.unsent > 0 }
      lost = 0
      return news
    },
    reportPending() {
      resendInFlight(table)
      if (table.unsent > 0) onNews?.(false)
    },
    stop() {
      observer.disconnect()
    },
  }
}
