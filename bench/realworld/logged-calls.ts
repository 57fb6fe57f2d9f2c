// Node. What the browser's protocol log says of a page's calls, in the words of an exported session.
import type { Kind, Outcome } from '../../wire/operations.ts'
import { redactUrl } from '../../wire/redact-url.ts'
import type { LoggedRequest } from '../harness/protocol-log.ts'

export interface LoggedCall {
  kind: Kind
  method: string
  url: string
  /** Milliseconds since the Unix epoch. */
  startTime: number
  status: number | undefined
  /**
   * Milliseconds to the end of the body or the failure, of a WebSocket from its opening; undefined while it lasts, or
   * where not known.
   */
  end: number | undefined
  /** It failed: the log has that when the page's thread heard of it, which is later than when it happened. */
  isEndLate: boolean
  /** Those that agree with the log: it does not tell all that an operation's outcome does. */
  outcomes: readonly Outcome[]
}

const KINDS: Partial<Record<string, Kind>> = {
  Fetch: 'fetch',
  XHR: 'xhr',
  WebSocket: 'websocket',
  EventSource: 'eventsource',
  Ping: 'beacon',
}

export function loggedCalls(requests: readonly LoggedRequest[]): LoggedCall[] {
  const documents = requests.filter(({ type }) => type === 'Document')
  const navigations = documents.filter(({ frameId }) => frameId === documents[0]?.frameId).map(each => each.startTime)
  return requests.flatMap(request => {
    const kind = KINDS[request.type]
    if (kind === undefined) return []
    const { method, url, startTime, status, end = Number.NaN, headers = 0, error } = request
    const lasted = kind === 'websocket' ? end - headers : end
    return [
      {
        kind,
        method,
        url: comparableUrl(url),
        startTime,
        status,
        end: Number.isNaN(lasted) ? undefined : lasted,
        isEndLate: error !== undefined,
        outcomes: outcomesOf(kind, request, navigations),
      },
    ]
  })
}

/** A fragment is not sent, and the log has it elsewhere; a session has no secrets. */
export function comparableUrl(url: string): string {
  return redactUrl(url.replace(/#.*$/, ''))
}

/** @param navigations when the page was left for another, in milliseconds since the Unix epoch. */
function outcomesOf(kind: Kind, request: LoggedRequest, navigations: readonly number[]): Outcome[] {
  const { status, startTime, end, error, cancelled } = request
  const endTime = startTime + (end ?? Number.POSITIVE_INFINITY)
  /** The page was left while it lasted; its end may then not be in the log. */
  const isLeft = navigations.some(navigation => navigation > startTime && navigation <= endTime)
  if (kind === 'websocket') return isLeft ? ['cancelled'] : outcomesOfSocket(request)
  const answered: Outcome[] = status === undefined ? [] : [status < 400 ? 'ok' : 'failed']
  if (kind === 'eventsource') {
    if (isLeft) return ['cancelled']
    if (end === undefined) return ['pending']
    // `close()` is the page's way to end it well. No server here ends one: it would connect again, by another request.
    if (cancelled) return [status === undefined ? 'cancelled' : 'ok']
    return ['failed']
  }
  // An answer whose body nobody reads may never end; a ping outlives its page.
  if (end === undefined) return [isLeft ? 'cancelled' : 'pending', ...(kind === 'beacon' ? ['ok' as const] : answered)]
  // After the answer: an abort, or a body that the page had no use for.
  if (cancelled) return ['cancelled', ...answered]
  return error === undefined ? answered : ['failed']
}

function outcomesOfSocket({ status, end, error }: LoggedRequest): Outcome[] {
  if (end === undefined) return ['pending']
  // The page closed it before it was open.
  if (error?.includes('before the connection is established')) return ['cancelled']
  return error === undefined && status === 101 ? ['ok'] : ['failed']
}
