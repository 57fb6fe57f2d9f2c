// Model: an operation as a span, with OpenTelemetry's semantic conventions:
// https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span
import type { ErrorDetail } from '../../../wire/operations.ts'
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { timesOf } from '../operation-times.ts'
import { documentFields } from '../session/session-source.ts'
import { attributes, type Link, type Span, type SpanEvent, unixNano, wellFormed } from './otlp-types.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'

const INTERNAL = 1
const CLIENT = 3
const STATUS_ERROR = 2

export interface SpanContext {
  session: SessionModel
  /** Names the session in ids. */
  key: string
  /** By row: the row of its root. */
  roots: Uint32Array
  routeOf(row: Row): string
  /** To the span of the whole session. */
  link: Link
}

export function operationSpan({ session, key, roots, routeOf, link }: SpanContext, row: Row): Span {
  const { operations } = session
  const { http, connection, error, metadata } = operations.details.get(row) ?? {}
  const { start, total } = timesOf(session, row)
  const id = operations.idOf(row)
  const parentId = operations.parentIdOf(row)
  const outcome = operations.outcomeOf(row)
  const kind = operations.kindOf(row)
  const status = operations.requests.statusOf(row)
  const url = http?.url ?? connection?.url
  const [protocol, version] = protocolOf(http?.protocol)
  const hasFailed = outcome === 'failed'
  const root = roots[row] as Row
  const { documentId } = documentFields(session, operations.document.get(row))
  const span: Span = {
    traceId: traceIdOf(key, operations.idOf(root)),
    spanId: spanIdOf(key, id),
    ...(parentId === undefined || root === row ? {} : { parentSpanId: spanIdOf(key, parentId) }),
    name: wellFormed(kind === 'custom' ? operations.nameOf(row) : routeOf(row)) || '(no name)',
    kind: kind === 'custom' ? INTERNAL : CLIENT,
    startTimeUnixNano: unixNano(start),
    endTimeUnixNano: unixNano(start + total),
    attributes: attributes({
      'http.request.method': http?.method || undefined,
      'url.full': url || undefined,
      ...serverOf(url ?? ''),
      'http.response.status_code': http ? status : undefined,
      'network.protocol.name': protocol,
      'network.protocol.version': version,
      'http.response.body.size': http?.encodedBodySize,
      'http.response.size': http?.transferSize,
      'error.type': hasFailed ? errorType(error, status) : undefined,
      'session.id': key,
      'perf.operation.id': id,
      'perf.kind': kind,
      'perf.outcome': outcome,
      'perf.end_unknown': operations.endReasonOf(row),
      'perf.document_id': documentId,
      'perf.graphql.operation': http?.graphql,
      'perf.from_cache': http?.fromCache,
      'perf.messages_in': connection?.messagesIn,
      'perf.messages_out': connection?.messagesOut,
      'perf.metadata': metadata === undefined ? undefined : JSON.stringify(metadata),
    }),
  }
  if (error) span.events = [exceptionEvent(error, start + total)]
  if (root === row) span.links = [link]
  if (hasFailed) {
    const message = error?.message ?? error?.code
    span.status = { ...(message ? { message: wellFormed(message) } : {}), code: STATUS_ERROR }
  }
  return span
}

/** The status of a response that is an error, or what the request failed with. */
function errorType(error: ErrorDetail | undefined, status: number | undefined): string {
  if (status !== undefined && status >= 400) return `${status}`
  return error?.code ?? error?.name ?? '_OTHER'
}

/** https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/ */
function exceptionEvent({ name, message, code, stack }: ErrorDetail, time: number): SpanEvent {
  return {
    timeUnixNano: unixNano(time),
    name: 'exception',
    attributes: attributes({
      'exception.type': name,
      'exception.message': message ?? code,
      'exception.stacktrace': stack,
    }),
  }
}

const SERVER = /^(https?|wss?):\/\/(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::(\d{1,5}))?(?=[/?#]|$)/
const SECURE = new Set(['https', 'wss'])

function serverOf(url: string): Record<'server.address' | 'server.port', string | number | undefined> {
  const [, scheme = '', host, port] = SERVER.exec(url) ?? []
  const standard = scheme === '' ? undefined : SECURE.has(scheme) ? 443 : 80
  return { 'server.address': host || undefined, 'server.port': port === undefined ? standard : Number(port) }
}

/** ALPN's names, as the conventions split them. */
function protocolOf(name: string | undefined): [protocol: string | undefined, version: string | undefined] {
  if (!name) return [undefined, undefined]
  if (name === 'h2' || name === 'h3') return ['http', name.slice(1)]
  const [protocol = name, version] = name.split('/')
  return [protocol.toLowerCase(), version]
}
