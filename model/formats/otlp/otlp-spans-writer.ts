// Model: writes a session as spans of OTLP, as JSON or as protobuf. The session is a span of its own; each operation
// without a parent begins a trace and has a link to it.
import { redactUrl } from '../../../wire/redact-url.ts'
import { groupByRoute } from '../../analysis/grouping.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { operationSpan } from './operation-span.ts'
import { attributes, type Link, type Span, unixNano } from './otlp-types.ts'
import { ProtoWriter, RESOURCE_SPANS } from './proto-writer.ts'
import { resourceOf, scopeOf, sessionKey } from './resource.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'
import { spanRoots } from './span-roots.ts'

const INTERNAL = 1
/** Spans of a message: servers refuse messages of several MB. */
const SPANS_PER_MESSAGE = 256

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
    const scopeSpans = { scope: scopeOf(generator), spans }
    if (spans.length > 0) {
      writer.message({ resourceSpans: { resource: resourceOf(session), scopeSpans } }, RESOURCE_SPANS)
    }
    spans = []
    return { bytes: writer.take(), operations }
  }
  for (const span of spansOf(session)) {
    if (span) spans.push(span)
    if (spans.length === SPANS_PER_MESSAGE || !span) yield take(spans.length)
  }
  yield take(spans.length)
}

/** The span of the session, then that of each operation. Undefined where only time has passed. */
function* spansOf(session: SessionModel): Generator<Span | undefined, void> {
  const { operations, first, latest, documents } = session
  const key = sessionKey(session)
  const link: Link = { traceId: traceIdOf(key, ''), spanId: spanIdOf(key, ''), attributes: [] }
  yield {
    traceId: link.traceId,
    spanId: link.spanId,
    name: 'session',
    kind: INTERNAL,
    startTimeUnixNano: unixNano(first),
    endTimeUnixNano: unixNano(latest),
    attributes: attributes({
      'session.id': key,
      'url.full': redactUrl(session.file?.page.url ?? documents.top?.url ?? '') || undefined,
      'perf.operations': operations.length,
      'perf.lost_operations': session.gaps.lost,
    }),
  }
  const grouping = groupByRoute(operations)
  const steps = spanRoots(session)
  let roots: Uint32Array | undefined
  while (!roots) {
    const step = steps.next()
    if (step.done) roots = step.value
    else yield undefined
  }
  const context = {
    session,
    key,
    roots,
    link,
    routeOf: (row: Parameters<typeof grouping.groupOf>[0]) => grouping.nameOf(grouping.groupOf(row)),
  }
  for (let position = 0; position < operations.order.length; position++) {
    yield operationSpan(context, operations.order.row(position))
  }
}
