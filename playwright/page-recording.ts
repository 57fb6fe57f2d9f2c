// Node (the test's process): the session of one page with its frames, built from the page script's batches and
// Playwright's network events. It does what the relay and the background do in the extension.
import { checkedBatch, checkedDocument, checkedTitle } from '../extension/background/batch-guard.ts'
import { createBatchCompleter } from '../extension/relay/complete-batch.ts'
import { SessionModel } from '../model/session/session-model.ts'
import { type Batch, type DocumentInfo, operationsIn } from '../wire/batch.ts'
import type { NetworkRequest } from '../wire/network.ts'
import { CUSTOM, createOperationColumns, FAILED, OK, PENDING } from '../wire/operations.ts'
import { redactUrl } from '../wire/redact-url.ts'
import { redactBatch } from '../wire/secret-names.ts'
import { hostOf } from '../wire/short-url.ts'
import { CallStarts } from './align-requests.ts'
import { decodeBatch } from './decode-batch.ts'

/** Operations of one page: a test that makes more is no test, and all of them are in memory. */
export const MAX_OPERATIONS = 1_000_000

interface RecordedDocument {
  info: DocumentInfo
  complete: ReturnType<typeof createBatchCompleter>
  /** As `Batch.wallOffset`. */
  wallOffset: number
}

/** An operation of the test itself. Times are milliseconds by `performance.now()` of its process. */
export interface TestOperation {
  name: string
  start: number
  duration: number
  error?: { name: string; message: string }
}

export class PageRecording {
  readonly session: SessionModel
  readonly #secretNames: ReadonlySet<string>
  readonly #documents = new Map<string, RecordedDocument>()
  readonly #calls = new CallStarts()
  #requests: NetworkRequest[] = []
  #ownDocument: DocumentInfo | undefined
  #ownOperations = 0
  #operations = 0
  /** Requests whose call is known, and that have not ended. */
  readonly #pending = new Set<string>()

  /** @param secretNames of URL parameters, beside those that are known to be secret: see `redactUrl`. */
  constructor(createdAt: number, secretNames: ReadonlySet<string>) {
    this.session = new SessionModel(createdAt)
    this.#secretNames = secretNames
  }

  /** @param frameId 0 for the page's top frame. */
  addDocument(received: unknown, wallOffset: unknown, frameId: number): void {
    const document = checkedDocument(received)
    if (!document) return
    const info = { ...document, url: redactUrl(document.url, this.#secretNames), frameId }
    this.#documents.set(info.stream, {
      info,
      complete: createBatchCompleter(hostOf(info.url)),
      wallOffset: Number.isFinite(wallOffset) ? (wallOffset as number) : 0,
    })
    this.session.apply({ type: 'document', document: info })
  }

  addBatch(stream: unknown, title: unknown, encoded: unknown): void {
    const document = this.#documents.get(String(stream))
    if (!document) return
    document.info.title = checkedTitle(title)
    const batch = this.#checked(document, encoded)
    const rows = operationsIn(batch)
    if (this.#operations + rows > MAX_OPERATIONS) {
      batch.operations = []
      batch.losses.push({ reason: 'session-full', count: rows })
    } else this.#operations += rows
    batch.wallOffset = document.wallOffset
    this.#noteCalls(batch, document)
    this.session.apply({ type: 'batch', document: document.info, batch })
  }

  addRequest(request: NetworkRequest): void {
    this.#requests.push(request)
  }

  /** The page died: what it had not sent is lost. */
  crash(): void {
    const top = [...this.#documents.values()].findLast(({ info }) => info.frameId === 0)
    if (top) this.session.apply({ type: 'crash', document: top.info, time: Date.now() })
  }

  /** Those of the test stand beside those of the page, as operations of a document of their own. */
  addTestOperation({ name, start, duration, error }: TestOperation): void {
    this.#ownDocument ??= testDocument()
    const columns = createOperationColumns(1)
    columns.id[0] = ++this.#ownOperations
    columns.kind[0] = CUSTOM
    columns.outcome[0] = error ? FAILED : OK
    columns.name[0] = columns.strings.push(name) - 1
    columns.start[0] = start
    columns.duration[0] = duration
    if (error) columns.details.push([0, { error }])
    const batch: Batch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
    this.session.apply({ type: 'batch', document: this.#ownDocument, batch })
  }

  /** Joins the requests that have come until now. The page has been asked for all that it knows, so nothing is waited for. */
  joinRequests(): void {
    const requests = this.#calls.align(this.#requests)
    this.#requests = []
    if (requests.length > 0) this.session.apply({ type: 'network', requests })
    for (const _ of this.session.finish());
  }

  #checked({ complete }: RecordedDocument, encoded: unknown): Batch {
    try {
      const raw = decodeBatch(encoded)
      complete(raw)
      const batch = checkedBatch(raw)
      redactBatch(batch, this.#secretNames)
      return batch
    } catch {
      return { operations: [], memory: [], snapshots: [], losses: [{ reason: 'malformed', count: 1 }] }
    }
  }

  #noteCalls({ operations }: Batch, { info, wallOffset }: RecordedDocument): void {
    for (const { columns } of operations) {
      const { requests } = columns
      if (!requests) continue
      for (let row = 0; row < columns.id.length; row++) {
        const name = columns.name[row] as number
        const [method, url] = [requests.methods[name] ?? '', requests.urls[name] ?? '']
        // Reported as pending, it is reported again when it has ended.
        const key = `${info.stream} ${columns.id[row]}`
        if (!method || !url || this.#pending.has(key)) {
          this.#pending.delete(key)
          continue
        }
        if (columns.outcome[row] === PENDING) this.#pending.add(key)
        this.#calls.add(method, url, info.timeOrigin + (columns.start[row] as number) + wallOffset)
      }
    }
  }
}

/** The document that the test's own operations belong to. No frame of a page has its number. */
function testDocument(): DocumentInfo {
  return {
    stream: 'test',
    documentId: 'test',
    frameId: 1_000_000,
    url: 'test:',
    title: '',
    userAgent: `Node.js ${process.version}`,
    timeOrigin: performance.timeOrigin,
    clockResolution: 0.001,
    memoryAvailable: false,
    navigationType: 'navigate',
  }
}
