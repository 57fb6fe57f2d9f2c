// Test (Node): a recorded tab, with the real parts of the product between the page's calls and the session: page script, the
// relay's rules, the background's check, DevTools' recorder and the session model. The browser is simulated: its answers, Resource
// Timing, and DevTools' list. It needs fake timers and a fake clock from before it is imported.

import { vi } from 'vitest'
import { checkedBatch } from '../../../extension/background/batch-guard.ts'
import { createNetworkWriter } from '../../../extension/devtools/network-writer.ts'
import { createRequestList } from '../../../extension/devtools/request-list.ts'
import { createBatchCompleter } from '../../../extension/relay/complete-batch.ts'
import { createRecordingPause } from '../../../extension/relay/recording-pause.ts'
import { createRecorder } from '../../../injected/recorder.ts'
import { logFetch } from '../../../injected/requests/request-call.ts'
import { createRequestSource } from '../../../injected/requests/request-source.ts'
import { SessionModel } from '../../../model/session/session-model.ts'
import type { DocumentInfo } from '../../../wire/batch.ts'
import type { HarEntry } from '../../../wire/har-entry.ts'
import { toNetworkRequest } from '../../../wire/har-entry.ts'
import type { LogEntry } from '../../../wire/log.ts'
import type { SessionInfo } from '../../../wire/messages.ts'
import { pageTasks, responseStatuses } from '../injected/page-globals.ts'

/** Milliseconds after which batches are sent and the list of DevTools is read again. */
const TICK = 100
const NO_NAMES: ReadonlySet<string> = new Set()

export interface RequestPlan {
  path: string
  status: number
  /** Milliseconds to the response, and from there to the end of the body. */
  answerAfter: number
  bodyAfter: number
  isRead: boolean
}

/** A request as it went; times are of the page's clock, in milliseconds. */
export interface PlannedRequest extends RequestPlan {
  url: string
  start: number
  answered: number
  /** When it ends for DevTools; Infinity where nobody reads the body. */
  ended: number
  /** When its page was left; Infinity while it is shown. */
  left: number
  /** Whether DevTools was open. */
  isSeen: boolean
}

export class RecordedTab {
  readonly requests: PlannedRequest[] = []
  /** Spans without recording: from, to. */
  readonly pauses: [from: number, to: number][] = []
  session: SessionModel
  /** When the page's clock was 0: epoch milliseconds. */
  readonly epoch = Date.now() - performance.now()
  #info: SessionInfo
  #document: RecordedDocument | undefined
  #documents = 0
  #shown: PlannedRequest[] = []
  readonly #list = createRequestList()
  readonly #writer: ReturnType<typeof createNetworkWriter>

  constructor() {
    this.#info = { id: '1', tabId: 1, createdAt: Date.now(), recording: true, preserveLog: true }
    this.session = new SessionModel(Date.now())
    this.#writer = createNetworkWriter({
      askSession: async () => this.#info,
      append: async (id, entry) => {
        if (id !== this.#info.id) return false
        this.#apply(entry)
        return true
      },
    })
  }

  get now(): number {
    return performance.now()
  }

  /** When the session began. */
  get createdAt(): number {
    return this.#info.createdAt - this.epoch
  }

  /** Whether DevTools is open. */
  get isOpen(): boolean {
    return this.#document !== undefined
  }

  /** DevTools is opened, on a page that may have made requests. */
  async open(): Promise<void> {
    if (!this.#document) await this.#load()
  }

  async request(plan: RequestPlan): Promise<void> {
    const start = this.now
    const url = `https://page.example${plan.path}`
    // Between two steps of the test's clock: at no moment at which something else happens.
    const answered = start + plan.answerAfter + 0.25
    const ended = plan.isRead ? answered + plan.bodyAfter + 0.25 : Number.POSITIVE_INFINITY
    const isSeen = this.isOpen
    const request = { ...plan, url, start, answered, ended, left: Number.POSITIVE_INFINITY, isSeen }
    this.requests.push(request)
    this.#shown.push(request)
    this.#document?.call(plan.path, start)
  }

  async setRecording(on: boolean): Promise<void> {
    if (on === this.#info.recording || !this.isOpen) return
    this.#info = { ...this.#info, recording: on }
    if (on) (this.pauses.at(-1) as [number, number])[1] = this.now
    else this.pauses.push([this.now, Number.POSITIVE_INFINITY])
    this.#apply({ type: 'recording', on, time: Date.now() })
    this.#document?.record(on)
    this.#writer.sessionChanged()
    await this.#drain()
  }

  async clear(): Promise<void> {
    if (!this.isOpen) return
    this.#info = { ...this.#info, id: `${Number(this.#info.id) + 1}`, createdAt: Date.now() }
    this.session = new SessionModel(Date.now())
    this.#document?.clear()
    this.#list.forgetReported()
    this.#writer.sessionReplaced()
    await this.#drain()
  }

  /** The page is replaced by another one. */
  async leave(): Promise<void> {
    if (!this.isOpen) return
    this.#document?.leave()
    for (const request of this.#shown) request.left = this.now
    this.#shown = []
    this.#list.navigated()
    performance.clearResourceTimings()
    await this.#load()
  }

  async wait(milliseconds: number): Promise<void> {
    for (const end = this.now + milliseconds; this.now < end; ) {
      const until = Math.min(end, this.now + TICK)
      const ended = this.#shown.filter(({ ended }) => ended > this.now && ended <= until)
      await vi.advanceTimersByTimeAsync(until - this.now)
      for (const request of ended.sort((a, b) => a.ended - b.ended)) this.#end(request)
      await this.#drain()
      if (this.isOpen) this.#look()
    }
  }

  stop(): void {
    this.#document?.stop()
    this.#writer.stop()
    performance.clearResourceTimings()
  }

  async #load(): Promise<void> {
    const stream = `${++this.#documents}`
    const info: DocumentInfo = {
      stream,
      frameId: 0,
      url: 'https://page.example/',
      title: '',
      userAgent: 'test',
      // All documents have one clock, but are not the same.
      timeOrigin: this.epoch + (this.#documents - 1) * 1e-3,
      clockResolution: 0.1,
      memoryAvailable: false,
      navigationType: 'navigate',
    }
    this.#apply({ type: 'document', document: info })
    this.#document = new RecordedDocument(info, this.#info.recording, entry => this.#apply(entry))
    await this.#drain()
  }

  #apply(entry: LogEntry): void {
    this.session.apply(entry)
  }

  /** The body has been read to its end: Resource Timing and DevTools tell. */
  #end(request: PlannedRequest): void {
    markResourceTiming(request)
    const seen = request.isSeen && toNetworkRequest(this.#entryOf(request), NO_NAMES, Date.now())
    if (!seen) return
    this.#list.noteEnded(seen)
    this.#writer.add(seen)
  }

  #look(): void {
    const entries = this.#shown.filter(({ isSeen }) => isSeen).map(request => this.#entryOf(request))
    const { unfinished, look } = this.#list.read(entries, NO_NAMES, Date.now(), this.#writer.pausedSince)
    for (const request of unfinished) this.#writer.add(request)
    this.#writer.addLook(look)
  }

  #entryOf({ url, start, answered, ended, status }: PlannedRequest): HarEntry {
    const isAnswered = answered <= this.now
    return {
      startedDateTime: new Date(this.epoch + start).toISOString(),
      // Until a request has ended, Chromium has the time of the last data.
      time: isAnswered ? (ended <= this.now ? ended : answered) - start : 0,
      request: { url, method: 'GET' },
      response: { status: isAnswered ? status : 0 },
      timings: isAnswered ? { blocked: 0, wait: answered - start } : {},
      _resourceType: 'fetch',
    }
  }

  /** Lets the page script read what has come, and all that follows from it happen. */
  async #drain(): Promise<void> {
    await new Promise<void>(resolve => setImmediate(resolve))
    this.#document?.read()
    await vi.advanceTimersByTimeAsync(0)
  }
}

/** The page script of a document, and what its relay does. */
class RecordedDocument {
  readonly #source = createRequestSource()
  readonly #pause = createRecordingPause()
  readonly #recorder: ReturnType<typeof createRecorder>
  readonly #info: DocumentInfo
  readonly #known: { clearedAt?: number } = {}

  constructor(info: DocumentInfo, recording: boolean, store: (entry: LogEntry) => void) {
    this.#info = info
    const complete = createBatchCompleter('page.example')
    this.#recorder = createRecorder([this.#source], ({ operations, losses }) => {
      // What crosses is a copy.
      const batch = structuredClone({ operations, losses, memory: [], snapshots: [] })
      this.#recorder.onStored(1, 0)
      this.#pause.leaveOut(batch)
      complete(batch)
      store({
        type: 'batch',
        document: this.#info,
        batch: checkedBatch({ ...batch, ...this.#known, wallOffset: 0 }),
      })
    })
    this.#recorder.record(recording)
    if (!recording) this.#pause.begin(performance.now())
  }

  call(path: string, start: number): void {
    logFetch(this.#source, path, undefined, start, start + 0.2)
  }

  read(): void {
    pageTasks.run()
  }

  record(on: boolean): void {
    if (on) this.#pause.end(performance.now())
    this.#recorder.record(on)
    if (!on) this.#pause.begin(performance.now())
  }

  clear(): void {
    this.#known.clearedAt = performance.now()
    this.#source.reportPending()
  }

  leave(): void {
    this.#recorder.leave()
    this.stop()
  }

  stop(): void {
    this.#recorder.stop()
    this.#source.stop()
  }
}

interface NodePerformance {
  markResourceTiming(timing: object, url: string, initiator: string, global: object, cache: string): void
}

function markResourceTiming({ url, start, answered, ended, status }: PlannedRequest): void {
  responseStatuses.set(`${url} ${start}`, status)
  const timing = {
    startTime: start,
    postRedirectStartTime: start,
    finalServiceWorkerStartTime: 0,
    redirectStartTime: 0,
    redirectEndTime: 0,
    finalConnectionTimingInfo: { ALPNNegotiatedProtocol: 'h2' },
    finalNetworkRequestStartTime: start,
    finalNetworkResponseStartTime: answered,
    endTime: ended,
    encodedBodySize: 1,
    decodedBodySize: 1,
  }
  const node = performance as unknown as NodePerformance
  node.markResourceTiming(timing, url, 'fetch', globalThis, '')
}
