// Model: writes a session as HAR 1.2: requests and connections. Chrome's and Firefox's network panels open it.
import type { NetworkRequest } from '../../../wire/network.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { harDate } from './har-date.ts'
import { networkEntry, operationEntry } from './har-entry.ts'

export interface HarOptions {
  generator: { name: string; version: string }
  /** The operations to write, by start; all of them if absent. */
  rows?: Iterable<Row>
}

/** The session must not change until all parts have been requested. */
export function* writeHar(session: SessionModel, { generator, rows }: HarOptions): Generator<FilePart, void> {
  const out = new PartWriter()
  const pages = pagesOf(session)
  const { name, version } = generator
  const head = JSON.stringify({ version: '1.2', creator: { name, version }, pages: pages.list })
  out.text(`{"log":${head.slice(0, -1)},"entries":[`)
  let [written, skipped] = [0, 0]
  const add = (entry: object): void => out.text(`${written++ > 0 ? ',' : ''}\n${JSON.stringify(entry)}`)
  // Requests that only DevTools saw belong to the whole session, not to a choice of its operations.
  const others = rows ? [] : session.network.unjoinedRequests()
  let next = 0
  const addOthers = function* (until: number): Generator<FilePart, void> {
    for (; next < others.length && (others[next] as NetworkRequest).startTime <= until; next++) {
      const request = others[next] as NetworkRequest
      add(networkEntry(request, pages.placeOf(request.startTime)))
      if (out.isFull) yield out.take()
    }
  }
  for (const row of rows ?? allRows(session)) {
    const start = session.operations.start.get(row)
    yield* addOthers(start)
    const entry = operationEntry(session, row, pages.placeOf(start))
    if (entry) add(entry)
    else skipped++
    out.countOperation()
    if (out.isFull) yield out.take()
  }
  yield* addOthers(Number.POSITIVE_INFINITY)
  const comment = skipped === 0 ? '' : `,"comment":"Operations left out, as they are no requests: ${skipped}."`
  out.text(`\n]${comment}}}\n`)
  yield out.take()
}

/** The text of a HAR file with some operations, in any order: entries are sorted by their start, as readers expect. */
export function operationsAsHar(
  session: SessionModel,
  rows: readonly Row[],
  generator: { name: string; version: string },
): string {
  const { start } = session.operations
  const sorted = rows.toSorted((a, b) => start.get(a) - start.get(b))
  const decoder = new TextDecoder()
  let text = ''
  for (const { bytes } of writeHar(session, { generator, rows: sorted }))
    text += decoder.decode(bytes, { stream: true })
  return text
}

function* allRows({ operations: { order } }: SessionModel): Generator<Row, void> {
  for (let position = 0; position < order.length; position++) yield order.row(position)
}

/**
 * A page for each navigation. Firefox refuses a file without a page, so a session without one has a page for its whole
 * length. Chrome's own files have the URL as title.
 */
function pagesOf(session: SessionModel) {
  const navigations = [...session.marks].sort((a, b) => a.time - b.time)
  const starts = navigations.map(({ time }) => time)
  const urls = navigations.map(({ url }) => redactUrl(url))
  const { documents, first, file } = session
  if (starts.length === 0) {
    starts.push(first)
    urls.push(redactUrl(file?.page.url ?? documents.top?.url ?? ''))
  }
  const list = starts.map((time, i) => ({
    startedDateTime: harDate(time),
    id: `page_${i + 1}`,
    title: urls[i],
    pageTimings: { onContentLoad: -1, onLoad: -1 },
  }))
  return {
    list,
    placeOf(time: number): { pageref: string } {
      let [low, high] = [0, starts.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((starts[middle] as number) <= time) low = middle + 1
        else high = middle
      }
      return { pageref: `page_${Math.max(1, low)}` }
    },
  }
}
