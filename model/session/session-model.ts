// Model: a session in memory, built from the records of its log or from a session file.
import type { ImportedHead, SessionNavigation } from '../../session/format.ts'
import type { Batch, DocumentInfo, MemorySample, PageEvent, SettledSnapshot, Snapshot } from '../../wire/batch.ts'
import type { LogEntry } from '../../wire/log.ts'
import type { DocumentNumber, Row, SourceId } from '../numbers.ts'
import { chunkColumns } from './chunk-columns.ts'
import { DevtoolsRequests } from './devtools-requests.ts'
import { DocumentTable, documentIdOf } from './document-table.ts'
import { FrameDocuments } from './frame-documents.ts'
import { GapList } from './gap-list.ts'
import { leaveDocument, returnToDocument } from './leave-document.ts'
import { LongTaskTable } from './long-task-table.ts'
import { MemoryTable } from './memory-table.ts'
import type { NetworkJoin } from './network-join.ts'
import { OperationTable } from './operation-table.ts'
import { OtherRequests } from './other-requests.ts'
import { type ReportedCall, recordOperations } from './record-operations.ts'

/** A snapshot with its time since the Unix epoch, and the number of its document. */
export type PlacedSnapshot = Snapshot & Partial<SettledSnapshot> & { document: DocumentNumber }

/** A page event with its start since the Unix epoch, and the number of its document. */
export type PlacedPageEvent = PageEvent & { document: DocumentNumber }

/** A heap that grows or shrinks by this share, and by this many bytes, is activity although no operation runs: a leak is seen. */
const HEAP_CHANGE = 0.1
const MIN_HEAP_CHANGE = 5_000_000

export class SessionModel {
  readonly documents = new DocumentTable()
  readonly operations = new OperationTable()
  readonly #devtools: DevtoolsRequests
  /** Requests that only DevTools saw. */
  readonly others: OtherRequests
  readonly memory = new MemoryTable()
  readonly snapshots: PlacedSnapshot[] = []
  readonly marks: SessionNavigation[] = []
  readonly longTasks = new LongTaskTable()
  /** In the order in which they arrived. */
  readonly pageEvents: PlacedPageEvent[] = []
  readonly gaps = new GapList()
  /** The first and the latest recorded moment, in epoch milliseconds. */
  first: number
  latest: number
  /** When something happened last other than an operation, in epoch milliseconds. */
  lastActivity: number
  /** The recorded page crashed, and no other page has replaced it. */
  crashed = false
  /** Ended requests of the current page that began before it was recorded. */
  earlierRequests = 0
  /** The browser has deleted the tab's session before this one. */
  storageLost = false
  /** Bytes at the last time that the heap's change was activity. */
  #activeHeap = 0
  readonly #frames = new FrameDocuments()
  /** The latest moment of each document, by its number. */
  readonly #reached: number[] = []
  /** When each document was left, in epoch milliseconds. */
  readonly #leftAt: number[] = []

  /** Milliseconds that our own tasks took on the pages' main threads; undefined if no page has reported it. */
  overheadMs: number | undefined

  /** The top of the session file, if it was imported. */
  file: ImportedHead | undefined

  /** Set if that file was of another format, which says less of a session. */
  origin: 'har' | 'chrome-trace' | undefined

  /**
   * @param createdAt when the session began, in epoch milliseconds.
   */
  constructor(readonly createdAt: number) {
    this.first = createdAt
    this.latest = createdAt
    this.lastActivity = createdAt
    this.#devtools = new DevtoolsRequests(this.operations, createdAt)
    this.others = new OtherRequests(this.operations, this.#devtools.join)
  }

  /** What DevTools saw of the network. */
  get network(): NetworkJoin {
    return this.#devtools.join
  }

  apply(entry: LogEntry): void {
    for (const _ of this.steps(entry));
  }

  /** Applies an entry in steps that take a few milliseconds at most. The session can be shown after each step. */
  *steps(entry: LogEntry): Generator<void, void> {
    if (entry.type === 'recording') this.gaps.recording(entry.on, entry.time, entry.reason)
    else if (entry.type === 'unattributed') {
      this.gaps.add({ startTime: this.createdAt, endTime: entry.time, reason: 'unattributed', count: entry.count })
    } else if (entry.type === 'storage-lost') {
      this.storageLost = true
      this.gaps.add({ startTime: entry.time, endTime: entry.time, reason: 'storage-lost' })
    } else if (entry.type === 'network') {
      yield* this.#devtools.take(entry)
      this.#noteFirst()
      if (entry.dropped) this.gaps.requests(entry.dropped)
    } else if (entry.type === 'document') {
      this.crashed = false
      const number = this.documents.add(entry.document)
      if (this.#frames.isLeft(number)) returnToDocument(this.operations, number, 'page-left')
      for (const left of this.#frames.show(number, entry.document)) this.#leave(left, entry.document.timeOrigin)
      if (entry.document.frameId === 0) this.#navigation(entry.document)
    } else if (entry.type === 'settled') {
      this.#snapshot(this.documents.add(entry.document), entry.document.timeOrigin, entry.snapshot)
    } else if (entry.type === 'crash') this.#crash(this.documents.add(entry.document), entry.document, entry.time)
    else if (entry.type === 'batch') {
      yield* this.#batch(this.documents.add(entry.document), entry.document, entry.batch)
    }
  }

  /**
   * Joins what has waited for long enough, if nothing is recorded meanwhile: recording is paused, or the page is idle.
   * @param now epoch milliseconds.
   */
  *settle(now: number): Generator<void, void> {
    yield* this.#devtools.settleUntil(now)
    this.#noteFirst()
  }

  /** Joins what is still undecided, as the session is exported now. More may be recorded. */
  *decide(): Generator<void, void> {
    yield* this.#devtools.decide()
    this.#noteFirst()
  }

  /** The same for a session that is over. */
  *finish(): Generator<void, void> {
    yield* this.#devtools.finish()
    this.#noteFirst()
  }

  #noteFirst(): void {
    const { length, start, order } = this.operations
    if (length > 0) this.first = Math.min(this.first, start.get(order.row(0)))
  }

  /** The latest moment that is recorded of a row's document, in epoch milliseconds. */
  reachedOf(row: Row): number {
    return this.#reached[this.operations.document.get(row)] ?? this.operations.start.get(row)
  }

  /** Notes that a document was recorded until `time`, in epoch milliseconds. */
  reach(document: DocumentNumber, time: number): void {
    this.#reached[document] = Math.max(this.#reached[document] ?? time, time)
    this.latest = Math.max(this.latest, time)
  }

  /** Notes that something happened in a document at `time`, in epoch milliseconds. */
  happen(document: DocumentNumber, time: number): void {
    this.reach(document, time)
    this.lastActivity = Math.max(this.lastActivity, time)
  }

  addMemory(document: DocumentNumber, timeOrigin: number, sample: MemorySample): void {
    this.memory.add(document, timeOrigin, sample)
    const time = timeOrigin + sample.time
    this.reach(document, time)
    const change = Math.abs(sample.usedJSHeapSize - this.#activeHeap)
    if (change < Math.max(MIN_HEAP_CHANGE, HEAP_CHANGE * this.#activeHeap)) return
    this.#activeHeap = sample.usedJSHeapSize
    this.happen(document, time)
  }

  /** Scripts that are injected again, as the extension was reloaded, start a new recording of a document: no navigation. */
  #navigation(document: DocumentInfo): void {
    const { timeOrigin: time, url, navigationType } = document
    if (this.marks.some(mark => mark.time === time)) return
    this.earlierRequests = 0
    this.lastActivity = Math.max(this.lastActivity, time)
    this.marks.push({ time, type: 'navigation', url, navigationType, documentId: documentIdOf(document) })
  }

  /** By how much the wall clock is ahead of a document's clock, in milliseconds: see `Batch.wallOffset`. */
  wallOffsetOf(document: DocumentNumber): number {
    return this.#devtools.wallOffsetOf(document)
  }

  #addCall(call: ReportedCall): void {
    if (call.detail.http?.source === 'resource-timing') this.earlierRequests++
    this.#devtools.addCall(call)
  }

  /** What was recorded after the last batch is lost. */
  #crash(number: DocumentNumber, document: DocumentInfo, endTime: number): void {
    this.crashed = true
    const startTime = this.#reached[number] ?? document.timeOrigin
    this.gaps.add({ startTime, endTime, reason: 'page-crashed', documentId: documentIdOf(document) })
    for (const gone of this.#frames.leaveAll()) leaveDocument(this.operations, gone, 'page-crashed')
    this.latest = Math.max(this.latest, endTime)
  }

  /** @param next when the document that replaced it began, in epoch milliseconds, if that is known. */
  #leave(number: DocumentNumber, next = Number.NEGATIVE_INFINITY): void {
    const leftAt = Math.max(next, this.#leftAt[number] ?? next, this.#reached[number] ?? next)
    this.#leftAt[number] = leftAt
    leaveDocument(this.operations, number, 'page-left', leftAt)
  }

  #snapshot(document: DocumentNumber, timeOrigin: number, snapshot: Snapshot): void {
    const time = timeOrigin + snapshot.time
    this.snapshots.push({ ...snapshot, time, document })
    this.happen(document, time)
  }

  *#batch(number: DocumentNumber, document: DocumentInfo, batch: Batch): Generator<void, void> {
    const { timeOrigin } = document
    this.#frames.note(number, document)
    this.#devtools.enter(number, document, batch)
    const before = this.#reached[number] ?? Math.max(this.createdAt, timeOrigin)
    const reach = (time: number): void => this.reach(number, time)
    reach(before)
    const others = this.documents.othersOf(number)
    for (const { source, columns } of batch.operations) {
      for (const part of chunkColumns(columns)) {
        const origin = { document: number, source: source as SourceId, timeOrigin, others }
        reach(recordOperations(this.operations, origin, part, batch, call => this.#addCall(call)))
        this.#noteFirst()
        yield
      }
    }
    yield* this.#devtools.settle(this.#reached[number] ?? before)
    this.#noteFirst()
    // Its last batch may arrive after the next document's first record.
    if (this.#frames.isLeft(number)) this.#leave(number)
    for (const sample of batch.memory) this.addMemory(number, timeOrigin, sample)
    for (const snapshot of batch.snapshots) this.#snapshot(number, timeOrigin, snapshot)
    for (const task of batch.longTasks ?? []) {
      this.longTasks.add(number, timeOrigin, task)
      this.happen(number, timeOrigin + task.start + task.duration)
    }
    for (const event of batch.pageEvents ?? []) {
      const start = timeOrigin + event.start
      this.pageEvents.push({ ...event, start, document: number })
      this.happen(number, start + event.duration)
    }
    if (batch.overheadMs !== undefined) this.overheadMs = (this.overheadMs ?? 0) + batch.overheadMs
    const latest = this.#reached[number] ?? before
    if (this.operations.traffic.stamp(latest)) this.happen(number, latest)
    if (batch.longTasksDropped) this.gaps.longTasks(batch.longTasksDropped, before, latest, documentIdOf(document))
    this.gaps.losses(batch.losses, before, latest, documentIdOf(document))
    if (this.memory.length > 0) this.first = Math.min(this.first, this.memory.time.get(0))
  }
}
