// Test (Node): a document, the two scripts that can be run in it, and what a relay has of the browser. The page script reports
// an operation when it is first seen and again when it has ended, and keeps all of them while recording is off. As long as no
// page script is at work, the page can make none: there is no monitor.
import type { Browser } from 'webextension-polyfill'
import type { LifecycleListener } from '../../extension/relay/page-lifecycle.ts'
import { type EarlierRecording, PageRelay, type RelayParts } from '../../extension/relay/page-relay.ts'
import { operationsIn, type RawBatch } from '../../wire/batch.ts'
import type { PageCommand, PageMessage, RelayCommand } from '../../wire/messages.ts'
import { rawColumnsOf, type TestRow } from '../unit/model/operation-rows.ts'
import { createFakeEvent } from './fake-event.ts'

export interface FakePageParts {
  /** Names the document, and is the start of the names of its recordings. */
  id: string
  connect: Browser['runtime']['connect']
  storage: RelayParts['storage']
}

export class FakePage {
  /** Broadcasts to the tab. */
  readonly onMessage = createFakeEvent<[unknown]>()
  /** In the back/forward cache. */
  frozen = false
  /** Whether a relay is at work, which hears the background. */
  hasRelay = false
  /** Whether the page script is at work, whether it has a relay, and whether that has it record. */
  scripted = false
  connected = false
  recording = false
  /** Batches that the page script has sent and that are not stored. */
  unstored = 0
  /** Names the latest recording. */
  stream = ''
  readonly commands: PageCommand[] = []
  readonly #parts: FakePageParts
  readonly #timeOrigin = performance.timeOrigin
  #relays = 0
  #earlier: EarlierRecording = {}
  #lastId = 0
  #rows: TestRow[] = []
  readonly #running = new Map<string, TestRow>()
  /** Of the relays that have something to forward, or may yet have; the value says whether they have been stopped. */
  readonly #lifecycles = new Map<LifecycleListener, 'at work' | 'stopped'>()
  #toRelay: ((message: PageMessage) => void) | undefined

  constructor(parts: FakePageParts) {
    this.#parts = parts
  }

  /** Runs the relay's script, which leaves a relay at work alone. */
  runRelay(): void {
    if (this.hasRelay || this.frozen) return
    this.hasRelay = true
    const stream = `${this.#parts.id}-${++this.#relays}`
    const { connect, storage } = this.#parts
    const page = this
    this.stream = stream
    let isStopped = false
    new PageRelay({
      runtime: { connect, id: 'extension', onMessage: this.onMessage as never },
      storage,
      stream,
      earlier: this.#earlier,
      lifecycle: {
        prerendering: false,
        follow(listener) {
          page.#lifecycles.set(listener, 'at work')
          return {
            onlyHide: () => page.#lifecycles.set(listener, 'stopped'),
            stop: () => page.#lifecycles.delete(listener),
          }
        },
      },
      openChannel(onMessage) {
        return {
          open() {
            page.#toRelay = onMessage
            page.#meet()
          },
          send(command) {
            if (!isStopped) page.#onCommand(command)
          },
          close() {
            page.#stopScript()
            isStopped = true
            page.#toRelay = undefined
          },
        }
      },
      hasMemory: false,
      sampleMemory: () => ({ waiting: 0, record() {}, refine() {}, moveTo() {} }),
      longTasks: { moveTo() {}, discard() {}, stop() {} },
      describe: (name, memoryAvailable) => ({
        stream: name,
        frameId: 0,
        url: `https://shop.example/${name}`,
        title: name,
        userAgent: 'Test',
        timeOrigin: this.#timeOrigin,
        clockResolution: 0.1,
        memoryAvailable,
        navigationType: 'navigate',
      }),
      title: () => stream,
      complete() {},
      onFinishing: left => {
        this.hasRelay = false
        if (left) this.#earlier = left
      },
    })
  }

  /** Runs the page script, which leaves one at work alone. */
  runScript(): void {
    if (this.scripted || this.frozen) return
    this.scripted = true
    this.#meet()
  }

  /** Whichever of the two scripts comes second finds the other. */
  #meet(): void {
    if (!this.scripted || this.connected || !this.#toRelay) return
    this.connected = true
    this.#toRelay({ type: 'hello', memoryAvailable: false })
    this.recording = true
  }

  /** Whether all that was recorded is stored, or in storage. */
  get idle(): boolean {
    return this.unstored === 0 && ![...this.#lifecycles.values()].includes('stopped')
  }

  /** An operation that begins and ends now. */
  make(name: string): void {
    if (!this.scripted) return
    this.#rows.push({ id: ++this.#lastId, name, outcome: 'ok', start: performance.now(), duration: 0 })
  }

  begin(name: string): void {
    if (!this.scripted) return
    const row: TestRow = { id: ++this.#lastId, name, outcome: 'pending', start: performance.now() }
    this.#running.set(name, row)
    this.#rows.push(row)
  }

  end(name: string): void {
    const row = this.#running.get(name)
    if (!row) return
    this.#running.delete(name)
    this.#rows.push({ ...row, outcome: 'ok', duration: performance.now() - row.start })
  }

  /** The page script sends what it has. */
  flush(): void {
    if (!this.recording || this.#rows.length === 0) return
    // The end of what has begun since the last batch is all that is sent of it.
    const rows = new Map<number, TestRow>()
    for (const row of this.#rows) rows.set(row.id, row)
    this.#rows = []
    const operations: RawBatch['operations'] = [{ source: 0, columns: rawColumnsOf([...rows.values()]) }]
    this.unstored += operationsIn({ operations })
    this.#toRelay?.({ type: 'batch', batch: { operations, memory: [], snapshots: [], losses: [] } })
  }

  broadcast(command: RelayCommand): void {
    if (!this.frozen) this.onMessage.emit(command)
  }

  /** @param lastEvents what the page does in its own last events, which the page script sends immediately. */
  hide(lastEvents: () => void = () => undefined): void {
    for (const listener of [...this.#lifecycles.keys()]) listener.onHide()
    lastEvents()
    this.flush()
    this.frozen = true
  }

  restore(): void {
    this.frozen = false
    for (const [listener, state] of [...this.#lifecycles]) if (state === 'at work') listener.onRestore()
  }

  #onCommand(command: PageCommand): void {
    this.commands.push(command)
    if (command.type === 'flush') this.flush()
    else if (command.type === 'stored') this.unstored -= command.operations
    else if (command.type === 'record') {
      if (!command.on) this.flush()
      this.recording = command.on
    }
  }

  #stopScript(): void {
    if (!this.connected) return
    this.flush()
    this.scripted = false
    this.connected = false
    this.recording = false
    this.unstored = 0
  }
}
