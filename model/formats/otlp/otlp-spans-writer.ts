// Model: writes a session as spans of OTLP, as JSON or as protobuf. The session is a span of its own; each operation
// without a parent begins a trace and has a link to it.
import { redactUrl } from '../../../wire/redact-url.ts'
import { groupByRoute } from '../../analysis/grouping.ts'
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { operationSpan, type SpanContext } from './operation-span.ts'
import { attributes, type Link, type Span, unixNano } from './otlp-types.ts'
import { ProtoWriter, RESOURCE_SPANS } from './proto-writer.ts'
import { resourceOf, scopeOf, sessionKey } from './resource.ts'
import { resultOf } from './result-of.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'
import { spanRoots } from './span-roots.ts'

const INTERNAL = 1
/** Spans of a message: servers refuse messages of several MB. */
export const SPANS_PER_MESSAGE = 256

type Generating = { name: string; version: string }

/** The session must not change until all parts have been requested. */
export function* writeOtlpJson(session: SessionModel, generator: Generating): Generator<FilePart, void> {
  const out = new PartWriter()
  const resource = JSON.stringify(resourceOf(session))
  const scope = JSON.stringify(scopeOf(generator))
  out.text(`{"resourceSpans":[{"resource":${resource},"scopeSpans":[{"scope":${scope},"spans":[\n`)
  let count = 0
  for (const span of spansOf(session)) {
    if (span) out.text(`${count === 0 ? '' : ',\n'}${JSON.stringify(span)}`, count++ === 0 ? 0 : 1)
    if (!span || out.isFull) yield out.take()
  }
  out.text('\n]}]}]}\n')
  yield out.take()
}

/** The same as messages of `TracesData`, one after the other, which protobuf reads as one. */
export function* writeOtlpProtobuf(session: SessionModel, generator: Generating): Generator<FilePart, void> {
  const writer = new ProtoWriter()
  let spans: Span[] = []
  const take = (operations: number): FilePart => {
    if (spans.length > 0) writeSpans(writer, session, spans, generator)
    spans = []
    return { bytes: writer.take(), operations }
  }
  for (const span of spansOf(session)) {
    if (span) spans.push(span)
    if (spans.length === SPANS_PER_MESSAGE || !span) yield take(spans.length)
  }
  yield take(spans.length)
}

/**
 * Messages with chosen operations of a session that grows while it is sent. With `isFirst` there is also the span that traces
 * link to. It has no duration, because the session has no end yet, and a span cannot be changed once it is sent.
 */
export function createSpanMessages(
  session: SessionModel,
  generator: Generating,
): (rows: readonly Row[], isFirst: boolean) => Uint8Array<ArrayBuffer> {
  const { operations } = session
  let context: SpanContext | undefined
  return (rows, isFirst) => {
    if (context?.roots.length !== operations.length) context = resultOf(contextOf(session))
    const { key, link } = context
    const spans = rows.map(row => operationSpan(context as SpanContext, row))
    if (isFirst) spans.unshift(sessionSpan(session, link, { 'session.id': key }, session.first))
    const writer = new ProtoWriter()
    writeSpans(writer, session, spans, generator)
    return writer.take()
  }
}

function writeSpans(writer: ProtoWriter, session: SessionModel, spans: Span[], generator: Generating): void {
  const scopeSpans = { scope: scopeOf(generator), spans }
  writer.message({ resourceSpans: { resource: resourceOf(session), scopeSpans } }, RESOURCE_SPANS)
}

/** The span of the session, then that of each operation. Undefined where only time has passed. */
function* spansOf(session: SessionModel): Generator<Span | undefined, void> {
  const { operations, latest, documents } = session
  const steps = contextOf(session)
  let context: SpanContext | undefined
  while (!context) {
    const step = steps.next()
    if (step.done) context = step.value
    else yield undefined
  }
  const totals = {
    'session.id': context.key,
    'url.full': redactUrl(session.file?.page.url ?? documents.top?.url ?? '') || undefined,
    'perf.operations': operations.order.length,
    'perf.lost_operations': session.gaps.lost,
  }
  yield sessionSpan(session, context.link, totals, latest)
  for (let position = 0; position < operations.order.length; position++) {
    yield operationSpan(context, operations.order.row(position))
  }
}

function sessionSpan({ first }: SessionModel, { traceId, spanId }: Link, known: Totals, end: number): Span {
  return {
    traceId,
    spanId,
    name: 'session',
    kind: INTERNAL,
    startTimeUnixNano: unixNano(first),
    endTimeUnixNano: unixNano(end),
    attributes: attributes(known),
  }
}

type Totals = Parameters<typeof attributes>[0]

function* contextOf(session: SessionModel): Generator<void, SpanContext> {
  const key = sessionKey(session)
  const link: Link = { traceId: traceIdOf(key, ''), spanId: spanIdOf(key, ''), attributes: [] }
  const grouping = groupByRoute(session.operations)
  const roots = yield* spanRoots(session)
  return { session, key, roots, link, routeOf: row => grouping.nameOf(grouping.groupOf(row)) }
}
