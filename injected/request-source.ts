// Page's own world (MAIN): the page's requests as a source that the recorder reads. Calls come in from the
// patches, their ends from Resource Timing; the two are joined here, off the page's path.

import { now } from '../monitor/clock.ts'
import { headOf } from '../monitor/head-of.ts'
import { createOperationColumns, type HttpDetail, KINDS, type OperationColumns, OUTCOMES } from '../wire/operations.ts'
import { redactUrl } from '../wire/redact-url.ts'
import type { CheckedNews, CheckedSource } from './guarded-source.ts'
import { baseUriOf, entriesByType, NativePerformanceObserver, NativeURL } from './natives.ts'
import { createQueue } from './queue.ts'
import { createCall, normalizeMethod, type RequestCall } from './request-call.ts'
import { abortedEnd, endOf, type RequestEnd } from './request-end.ts'
import { createRequestMatcher } from './request-matcher.ts'
import { shortUrl } from './short-url.ts'

/** Requests that wait to be read: as many as a second of the fastest page makes. Over it the oldest are dropped. */
export const MAX_WAITING_REQUESTS = 20_000

/** The kinds of request that are patched, by what Resource Timing calls their initiator. */
const KIND_OF = new Map<string, RequestCall['kind']>([
  ['fetch', 'fetch'],
  ['xmlhttprequest', 'xhr'],
  ['beacon', 'beacon'],
])

/** Characters kept of a URL: servers take no longer ones, but a data: URL holds its data. */
const MAX_URL_LENGTH = 10_000

interface Row {
  call: RequestCall
  url: string
  end?: RequestEnd
  endUnknown?: string
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
  const waiting = new Map<number, Row>()
  const urls = new Map<number, string>()
  let lastId = 0
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const put = (row: Row): void => {
    waiting.set(row.call.id, row)
    if (waiting.size <= MAX_WAITING_REQUESTS) return
    const [oldest] = waiting.keys()
    if (oldest !== undefined) waiting.delete(oldest)
    lost++
  }

  const settle = (call: RequestCall, ended: Pick<Row, 'end'> | Pick<Row, 'endUnknown'>): void => {
    put({ call, url: urls.get(call.id) ?? '', ...ended })
    urls.delete(call.id)
    onNews?.(false)
  }

  const admit = (): void => {
    for (let call = fresh.take(); call; call = fresh.take()) {
      call.method = normalizeMethod(call.method)
      const url = absolute(call.url)
      urls.set(call.id, url ?? call.url ?? '')
      const end = endAtOnce(call, url)
      if (end) {
        settle(call, { end })
        continue
      }
      put({ call, url: url ?? '' })
      if (url === undefined) settle(call, { endUnknown: 'the URL could not be read without running page code' })
      else if (!/^https?:/.test(url)) settle(call, { endUnknown: 'the browser times http: and https: requests only' })
      else {
        const givenUp = matcher.add(call, url)
        if (givenUp) settle(givenUp, { endUnknown: 'too many requests in flight' })
      }
    }
  }

  /** A request that was made before the patches were there: DevTools was opened on a page that ran already. */
  const recall = (kind: RequestCall['kind'], entry: PerformanceResourceTiming): void => {
    const { name, startTime } = entry
    const call: RequestCall = { ...createCall(++lastId, kind, startTime, startTime), url: name, method: '' }
    urls.set(call.id, name)
    const end = entry.responseStatus > 0 && endOf(call, entry, false)
    settle(call, end ? { end } : { endUnknown: 'Resource Timing tells no outcome of it' })
  }

  const begun = now()
  const observer = new NativePerformanceObserver(list => {
    admit()
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      const kind = KIND_OF.get(entry.initiatorType)
      const match = kind && matcher.take(kind, entry.name, entry.startTime)
      if (!match) {
        if (kind && entry.startTime < begun) recall(kind, entry)
        continue
      }
      const end = endOf(match.call, entry, match.inferred)
      settle(match.call, end ? { end } : { endUnknown: "the browser keeps an opaque response's outcome from the page" })
    }
  })
  for (const entry of entriesByType('resource') as PerformanceResourceTiming[]) {
    const kind = KIND_OF.get(entry.initiatorType)
    if (kind) recall(kind, entry)
  }
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
      const rows: Row[] = []
      for (const row of waiting.values()) {
        if (rows.length === limit) break
        rows.push(row)
      }
      for (const { call } of rows) waiting.delete(call.id)
      const news: CheckedNews = { lost, more: waiting.size > 0 }
      lost = 0
      if (rows.length > 0) news.operations = toColumns(rows)
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
  return call.kind === 'fetch' && /^[^/?#]*:\/\/[^/?#]*@/.test(url) ? failed('The URL holds credentials') : undefined
}

function absolute(url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  try {
    return new NativeURL(url, baseUriOf(document) as string).href
  } catch {
    return undefined
  }
}

function toColumns(rows: Row[]): OperationColumns {
  const columns = createOperationColumns(rows.length)
  for (const [i, { call, url, end, endUnknown }] of rows.entries()) {
    const shownUrl = headOf(redactUrl(url), MAX_URL_LENGTH)
    columns.id[i] = call.id
    columns.kind[i] = KINDS.indexOf(call.kind)
    columns.outcome[i] = OUTCOMES.indexOf(end?.outcome ?? 'pending')
    columns.name[i] = columns.strings.push(`${call.method} ${shortUrl(shownUrl)}`.trimStart()) - 1
    columns.start[i] = call.start
    columns.duration[i] = end?.duration ?? Number.NaN
    const http: HttpDetail = { method: call.method, url: shownUrl, ...end?.http }
    if (call.manual) http.redirect = 'manual'
    if (call.method === '') http.source = 'resource-timing'
    if (endUnknown !== undefined) http.endUnknown = endUnknown
    columns.details.push([i, { http, ...(end?.error ? { error: end.error } : {}) }])
  }
  return columns
}
