// Page's own world (MAIN): the page's requests as a source that the recorder reads. Calls come in from the
// patches, their ends from Resource Timing; the two are joined here, off the page's path.

import { now } from '../monitor/clock.ts'
import { headOf } from '../monitor/head-of.ts'
import { createOperationColumns, type HttpDetail, KINDS, type OperationColumns, OUTCOMES } from '../wire/operations.ts'
import { redactUrl } from '../wire/redact-url.ts'
import type { CheckedNews, CheckedSource } from './guarded-source.ts'
import {
  apply,
  bare,
  baseUriOf,
  entriesByType,
  entriesOf,
  matches,
  min,
  NativePerformanceObserver,
  NativeURL,
  urlHref,
} from './natives.ts'
import { append, indexIn } from './own-array.ts'
import { nextOf, OwnMap } from './own-map.ts'
import { createQueue } from './queue.ts'
import { createCall, normalizeMethod, type RequestCall } from './request-call.ts'
import { abortedEnd, endOf, type RequestEnd } from './request-end.ts'
import { createRequestMatcher } from './request-matcher.ts'
import { readTiming, type Timing } from './request-timing.ts'
import { shortUrl } from './short-url.ts'

/** Requests that wait to be read: as many as a second of the fastest page makes. Over it the oldest are dropped. */
export const MAX_WAITING_REQUESTS = 20_000

/** The kinds of request that are patched, by what Resource Timing calls their initiator. */
const KINDS_BY_INITIATOR: Partial<Record<string, RequestCall['kind']>> = bare({
  fetch: 'fetch',
  xmlhttprequest: 'xhr',
  beacon: 'beacon',
})

/** Characters kept of a URL: servers take no longer ones, but a data: URL holds its data. */
const MAX_URL_LENGTH = 10_000

interface Row {
  call: RequestCall
  url: string
  end: RequestEnd | undefined
  endUnknown: string | undefined
}

export interface RequestSource extends CheckedSource {
  onCall(call: RequestCall): void
  nextId(): number
  stop(): void
}

export function createRequestSource(): RequestSource {
  const matcher = createRequestMatcher()
  /** Calls not yet resolved to an absolute URL and handed to the matcher. */
  const fresh = createQueue<RequestCall>()
  /** What the recorder has not read yet, by id: a call that ends before it is read is told once. */
  const waiting = new OwnMap<number, Row>()
  const urls = new OwnMap<number, string>()
  let lastId = 0
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const put = (row: Row): void => {
    waiting.set(row.call.id, row)
    if (waiting.size <= MAX_WAITING_REQUESTS) return
    waiting.delete(waiting.firstKey() as number)
    lost++
  }

  /** With its end, or why that is unknown. */
  const settle = (call: RequestCall, end: RequestEnd | undefined, endUnknown?: string): void => {
    put({ call, url: urls.get(call.id) ?? '', end, endUnknown: end ? undefined : endUnknown })
    urls.delete(call.id)
    onNews?.(false)
  }

  const admit = (): void => {
    for (let call = fresh.take(); call; call = fresh.take()) {
      call.method = normalizeMethod(call.method)
      const url = absolute(call.url)
      urls.set(call.id, url ?? call.url ?? '')
      const end = endAtOnce(call, url)
      if (end) settle(call, end)
      else if (url === undefined) settle(call, end, 'the URL could not be read without running page code')
      else if (!matches(/^https?:/, url)) settle(call, end, 'the browser times http: and https: requests only')
      else {
        put({ call, url, end, endUnknown: undefined })
        const givenUp = matcher.add(call, url)
        if (givenUp) settle(givenUp, undefined, 'too many requests in flight')
      }
    }
  }

  /** A request that was made before the patches were there: DevTools was opened on a page that ran already. */
  const recall = (kind: RequestCall['kind'], timing: Timing): void => {
    const { name, startTime } = timing
    const call: RequestCall = { ...createCall(++lastId, kind, startTime, startTime), url: name, method: '' }
    urls.set(call.id, name)
    const end = timing.responseStatus > 0 ? endOf(call, timing, false) : undefined
    settle(call, end, 'Resource Timing tells no outcome of it')
  }

  /** Matches the entries to calls; those without one that started before `begun` are recalled. */
  const readEntries = (entries: readonly PerformanceEntry[], begun: number): void => {
    for (let i = 0; i < entries.length; i++) {
      const timing = readTiming(entries[i] as PerformanceEntry)
      const { name, startTime } = timing
      const kind = KINDS_BY_INITIATOR[timing.initiatorType]
      if (!kind) continue
      const match = matcher.take(kind, name, startTime)
      if (match) {
        const end = endOf(match.call, timing, match.inferred)
        settle(match.call, end, "the browser keeps an opaque response's outcome from the page")
      } else if (startTime < begun) recall(kind, timing)
    }
  }

  const begun = now()
  const observer = new NativePerformanceObserver(list => {
    admit()
    readEntries(apply(entriesOf, list, []), begun)
  })
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
      if (fresh.length + waiting.size > 0) listener?.(false)
    },
    read(limit): CheckedNews {
      admit()
      const count = min(limit, waiting.size)
      const operations = count > 0 ? createOperationColumns(count) : undefined
      const rows = waiting.values()
      for (let i = 0; operations && i < count; i++) {
        const row = nextOf(rows) as Row
        writeRow(operations, i, row)
        waiting.delete(row.call.id)
      }
      const news: CheckedNews = { operations, lost, more: waiting.size > 0 }
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
function endAtOnce(call: RequestCall, url: string | undefined): RequestEnd | undefined {
  const duration = call.called - call.start
  if (call.aborted) return { ...abortedEnd(call), duration, http: {} }
  if (call.refused !== undefined) {
    return { outcome: 'failed', duration, error: { name: 'Error', message: call.refused }, http: {} }
  }
  if (call.url === undefined) return undefined
  const failed = (message: string): RequestEnd => {
    return { outcome: 'failed', duration, error: { name: 'TypeError', message }, http: {} }
  }
  if (url === undefined) return failed('The URL is not valid')
  // Fetch §5.4, step 5.3.
  return call.kind === 'fetch' && matches(/^[^/?#]*:\/\/[^/?#]*@/, url)
    ? failed('The URL holds credentials')
    : undefined
}

function absolute(url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  try {
    return urlHref(new NativeURL(url, baseUriOf(document) as string)) as string
  } catch {
    return undefined
  }
}

function writeRow(columns: OperationColumns, i: number, { call, url, end, endUnknown }: Row): void {
  const shownUrl = headOf(redactUrl(url), MAX_URL_LENGTH)
  const { method } = call
  columns.id[i] = call.id
  columns.kind[i] = indexIn(KINDS, call.kind)
  columns.outcome[i] = indexIn(OUTCOMES, end?.outcome ?? 'pending')
  columns.name[i] = i
  append(columns.strings, method === '' ? shortUrl(shownUrl) : `${method} ${shortUrl(shownUrl)}`)
  columns.start[i] = call.start
  columns.duration[i] = end?.duration ?? Number.NaN
  const http: HttpDetail = bare({ method, url: shownUrl, ...end?.http })
  if (call.manual) http.redirect = 'manual'
  if (method === '') http.source = 'resource-timing'
  if (endUnknown !== undefined) http.endUnknown = endUnknown
  const error = end?.error
  append(columns.details, [i, error ? { http, error } : { http }])
}
