// Page's own world (MAIN): the page's requests as a source that the recorder reads. Calls come in from the
// patches, their ends from Resource Timing; the two are joined here, off the page's path.

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
import { CallFacts, type CallLog, FACTS, OPAQUE_RESPONSE, SETTLED } from './request-call.ts'
import { endAtOnce, endByTiming } from './request-end.ts'
import { createRequestTargets, type RequestTarget } from './request-key.ts'
import { matchEntry } from './request-matcher.ts'
import { writeRequests } from './request-rows.ts'
import {
  addRow,
  awaitedKindAt,
  callDurationAt,
  clearRow,
  createRequestTable,
  factsAt,
  flagsAt,
  idAt,
  MIN_CAPACITY,
  settleRow,
  startAt,
  targetAt,
  tidy,
} from './request-table.ts'

/** Requests that wait to be read: as many as a second of the fastest page makes. No more are taken on then. */
export const MAX_WAITING_REQUESTS = 20_000
/** Requests in flight whose end is awaited: beyond it the oldest are given up, as `endUnknown`. */
export const MAX_AWAITED_REQUESTS = 5_000

/** Lists of entries that wait to be read. */
export const MAX_UNREAD_LISTS = 200

/** The kinds of request that are patched, by what Resource Timing calls their initiator. */
const KINDS_BY_INITIATOR: Partial<Record<string, number>> = bare({
  fetch: FETCH,
  xmlhttprequest: XHR,
  beacon: BEACON,
})

export interface RequestSource extends CheckedSource, CallLog {
  /** Tells of all requests in flight once more: who reads has not heard of them. */
  reportPending(): void
  stop(): void
}

export function createRequestSource(): RequestSource {
  const table = createRequestTable()
  const targets = createRequestTargets()
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const note: CallLog['note'] = (flags, start, called, target, facts) => {
    if (table.untold >= MAX_WAITING_REQUESTS) {
      lost++
      return
    }
    const stack = callStack()
    if (stack) {
      facts ??= new CallFacts(target)
      facts.stack = stack
    }
    addRow(table, ++table.lastId, facts ? flags | FACTS : flags, start, called, called - start, facts ?? target)
    table.longest = max(table.longest, called - start + 1)
    if (table.untold === 1) onNews?.(false)
  }

  const admit = (): void => {
    const { filled } = table
    if (table.admitted < filled) {
      // By the URL that the document has now.
      const elsewhere = targets.refresh()
      for (let row = table.admitted; row < filled; row++) {
        const flags = flagsAt(table, row)
        // Nearly all are so, and nothing has to be found out of them.
        if (!elsewhere && flags < FACTS && (table.refs[row] as RequestTarget).plain) table.awaited++
        else if (awaitedKindAt(table, row)) admitRow(row, elsewhere)
      }
      table.admitted = filled
    }
    while (table.awaited > MAX_AWAITED_REQUESTS) {
      const row = table.oldest++
      if (!awaitedKindAt(table, row)) continue
      table.awaited--
      if (row >= table.told) continue
      table.dismissed[table.dismissed.length] = idAt(table, row)
      clearRow(table, row)
    }
  }

  /** @param elsewhere whether the document's URL is another than when calls were last looked at. */
  const admitRow = (row: number, elsewhere: boolean): void => {
    let target = targetAt(table, row)
    let facts = factsAt(table, row)
    if (elsewhere) {
      target = targets.of(target.givenMethod, target.given)
      if (facts) facts.target = target
      else table.refs[row] = target
    }
    targets.workOut(target)
    const { given, place, plain } = target
    if (facts || !plain) {
      facts ??= new CallFacts(target)
      if (facts.graphql !== undefined) facts.graphql = graphqlName(facts.graphql)
      const ended = endAtOnce(facts, flagsAt(table, row), callDurationAt(table, row))
      if (!ended && place === undefined) facts.endUnknown = given === undefined ? URL_UNREADABLE : NOT_TIMED
      if (ended || place === undefined) {
        settleRow(table, row, facts)
        return
      }
    }
    table.awaited++
  }

  /** Matches the entries to calls. Those without one that started before `begun` are of requests before the patches. */
  const readEntries = (entries: readonly PerformanceEntry[], begun: number): void => {
    admit()
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as PerformanceEntry
      const kind = KINDS_BY_INITIATOR[entryFields.initiatorType(entry)]
      if (!kind) continue
      const name = entryFields.name(entry)
      const startTime = entryFields.startTime(entry)
      const match = matchEntry(table, kind, withoutUser(name), startTime)
      if (match) {
        const { row, inferred } = match
        const facts = factsAt(table, row) ?? new CallFacts(targetAt(table, row))
        if (endByTiming(facts, flagsAt(table, row), startAt(table, row), entry)) facts.inferred = inferred
        else facts.endUnknown = OPAQUE
        table.awaited--
        settleRow(table, row, facts)
      } else if (startTime < begun) {
        const target = targets.of('', name)
        targets.workOut(target)
        const facts = new CallFacts(target)
        const flags = kind | SETTLED | OPAQUE_RESPONSE | EARLIER
        if (!endByTiming(facts, flags, startTime, entry)) facts.endUnknown = NO_OUTCOME
        note(flags, startTime, startTime, target, facts)
      }
    }
  }

  const begun = now()
  /** Lists of entries to be read: many at a time, which costs a fraction of reading each as it comes. */
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
    targetOf: targets.of,
    note,
    listen(listener) {
      onNews = listener
      // Ends may have come while nobody listened.
      if (table.untold + lists.length > 0) listener?.(false)
    },
    read(limit): CheckedNews {
      readLists()
      admit()
      const operations = writeRequests(table, limit)
      if (table.filled > 2 * (table.untold + table.awaited) + MIN_CAPACITY) tidy(table)
      const news: CheckedNews = { operations, lost, more: table.untold > 0 }
      lost = 0
      return news
    },
    reportPending() {
      for (let row = table.oldest; row < table.told; row++) if (awaitedKindAt(table, row)) table.untold++
      if (table.oldest < table.told) table.told = table.oldest
      if (table.untold > 0) onNews?.(false)
    },
    stop() {
      observer.disconnect()
    },
  }
}
