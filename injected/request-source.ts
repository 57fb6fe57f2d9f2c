// Page's own world (MAIN): the page's requests as a source that the recorder reads. Calls come in from the
// patches, their ends from Resource Timing; the two are joined here, off the page's path.

import { now } from '../monitor/clock.ts'
import type { ErrorDetail } from '../wire/operations.ts'
import { GIVEN_UP, OPAQUE, type PageWord, UNREADABLE, UNTIMED, UNTOLD } from '../wire/page-words.ts'
import type { Timing } from '../wire/request-timing.ts'
import { graphqlName } from './graphql-name.ts'
import type { CheckedNews, CheckedSource } from './guarded-source.ts'
import {
  apply,
  bare,
  entriesByType,
  entriesOf,
  entryToJson,
  min,
  NativePerformanceObserver,
  withoutUser,
} from './natives.ts'
import { timed } from './own-time.ts'
import { createQueue } from './queue.ts'
import { createCall, type RequestCall } from './request-call.ts'
import { abortedEnd, createEnd, endOf, type RequestEnd } from './request-end.ts'
import { createRequestMatcher } from './request-matcher.ts'
import { writeRequests } from './request-rows.ts'
import { createRequestTargets, type RequestTarget } from './request-target.ts'

/** Requests that wait to be read: as many as a second of the fastest page makes. Over it the oldest are dropped. */
export const MAX_WAITING_REQUESTS = 20_000

/** The kinds of request that are patched, by what Resource Timing calls their initiator. */
const KINDS_BY_INITIATOR: Partial<Record<string, RequestCall['kind']>> = bare({
  fetch: 'fetch',
  xmlhttprequest: 'xhr',
  beacon: 'beacon',
})

/** By the platform's own getters, which a page may have replaced since. */
const readTiming = (entry: unknown): Timing => bare(apply(entryToJson, entry, []))

export interface RequestSource extends CheckedSource {
  onCall(call: RequestCall): void
  nextId(): number
  stop(): void
}

export function createRequestSource(): RequestSource {
  const matcher = createRequestMatcher()
  /** Calls not yet resolved to an absolute URL and handed to the matcher. */
  const fresh = createQueue<RequestCall>()
  /** Of which there is news that the recorder has not read: a call that ends before it is read is told once. */
  const waiting = createQueue<RequestCall>()
  /** Of which the recorder has read, but for this. No more than are awaited: each read takes them all. */
  const givenUp = createQueue<RequestCall>()
  const targets = createRequestTargets()
  let lastId = 0
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const put = (call: RequestCall): void => {
    if (call.waiting) return
    call.waiting = true
    waiting.add(call)
    if (waiting.length <= MAX_WAITING_REQUESTS) return
    ;(waiting.take() as RequestCall).waiting = false
    lost++
  }

  /** With its end, or why that is unknown. */
  const settle = (call: RequestCall, end: RequestEnd | undefined, endUnknown = 0): void => {
    call.end = end
    call.endUnknown = end ? 0 : endUnknown
    put(call)
    onNews?.(false)
  }

  const admit = (): void => {
    if (fresh.length > 0) targets.refresh()
    for (let call = fresh.take(); call; call = fresh.take()) {
      const target = targets.of(call.method, call.url)
      const { url, place } = target
      call.target = target
      if (call.graphql !== undefined) call.graphql = graphqlName(call.graphql)
      const end = endAtOnce(call, target)
      if (end) settle(call, end)
      else if (url === undefined) settle(call, end, UNREADABLE)
      else if (place === undefined) settle(call, end, UNTIMED)
      else {
        put(call)
        const oldest = matcher.add(call, place)
        if (oldest?.waiting) oldest.endUnknown = GIVEN_UP
        else if (oldest) givenUp.add(oldest)
      }
    }
  }

  /** A request that was made before the patches were there: DevTools was opened on a page that ran already. */
  const recall = (kind: RequestCall['kind'], timing: Timing): void => {
    const { name, startTime } = timing
    const call: RequestCall = { ...createCall(++lastId, kind, startTime, startTime), url: name, method: '' }
    call.target = targets.of('', name)
    const end = timing.responseStatus > 0 ? endOf(call, timing, false) : undefined
    settle(call, end, UNTOLD)
  }

  /** Matches the entries to calls; those without one that started before `begun` are recalled. */
  const readEntries = (entries: readonly PerformanceEntry[], begun: number): void => {
    for (let i = 0; i < entries.length; i++) {
      const timing = readTiming(entries[i])
      const { name, startTime } = timing
      const kind = KINDS_BY_INITIATOR[timing.initiatorType]
      if (!kind) continue
      const match = matcher.take(kind, withoutUser(name), startTime)
      if (match) {
        const end = endOf(match.call, timing, match.inferred)
        settle(match.call, end, OPAQUE)
      } else if (startTime < begun) recall(kind, timing)
    }
  }

  const begun = now()
  const observer = new NativePerformanceObserver(list =>
    timed(() => {
      admit()
      readEntries(apply(entriesOf, list, []), begun)
    }),
  )
  readEntries(entriesByType('resource'), begun)
  observer.observe({ type: 'resource' })

  return {
    nextId: () => ++lastId,
    onCall(call) {
      if (fresh.length >= MAX_WAITING_REQUESTS) {
        lost++
        return
      }
      fresh.add(call)
      if (fresh.length === 1) onNews?.(false)
    },
    listen(listener) {
      onNews = listener
      if (fresh.length + waiting.length > 0) listener?.(false)
    },
    read(limit): CheckedNews {
      admit()
      const count = min(limit, waiting.length)
      const operations = count > 0 ? writeRequests(count, waiting, givenUp) : undefined
      const news: CheckedNews = { operations, lost, more: waiting.length > 0 }
      lost = 0
      return news
    },
    stop() {
      observer.disconnect()
      onNews = undefined
    },
  }
}

/** The end of a call that makes no request: aborted beforehand, or without a valid URL (Fetch §5.4). */
function endAtOnce(call: RequestCall, { url, credentials }: RequestTarget): RequestEnd | undefined {
  const { start, called, refused, kind } = call
  const ended = (outcome: RequestEnd['outcome'], error?: ErrorDetail): RequestEnd =>
    createEnd(outcome, called - start, error)
  if (call.aborted) return abortedEnd(call, ended)
  let word: PageWord | undefined = refused
  if (call.url !== undefined && url === undefined) word ??= 'invalid'
  if (credentials && kind === 'fetch') word ??= 'credentials'
  return word && ended('failed', { name: refused ? 'Error' : 'TypeError', message: word })
}
