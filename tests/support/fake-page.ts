// Test (Node): a document with a relay, and what the relay has of the browser and of the page script. The page script reports
// an operation when it is first seen and again when it has ended, and keeps all of them while recording is off.
import type { Browser } from 'webextension-polyfill'
import type { LifecycleListener } from '../../extension/relay/page-lifecycle.ts'
import { PageRelay, type RelayParts } from '../../extension/relay/page-relay.ts'
import { operationsIn, type RawBatch } from '../../wire/batch.ts'
import type { PageCommand, PageMessage, RelayCommand } from '../../wire/messages.ts'
import { rawColumnsOf, type TestRow } from '../unit/model/operation-rows.ts'
import { createFakeEvent } from './fake-event.ts'

export interface FakePageParts {
  stream: string
  connect: Browser['runtime']['connect']
  storage: RelayParts['storage']
}

export class FakePage {
  readonly stream: string
  readonly relay: PageRelay
  /** Broadcasts to the tab. */
  readonly onMessage = createFakeEvent<[unknown]>()
  /** In the back/forward cache. */
  frozen = false
  /** Whether the page script records. */
  recording = false
  /** Batches that the page script has sent and that are not stored. */
  unstored = 0
  readonly commands: PageCommand[] = []
  #lastId = 0
  #rows: TestRow[] = []
  readonly #running = new Map<string, TestRow>()
  #lifecycle: LifecycleListener | undefined
  #toRelay: ((message: PageMessage) => void) | undefined

  constructor({ stream, connect, storage }: FakePageParts) {
    this.stream = stream
    const page = this
    this.relay = new PageRelay({
      runtime: { connect, id: 'extension', onMessage: this.onMessage as never },
      storage,
      stream,
      earlier: {},
      lifecycle: {
        prerendering: false,
        follow(listener) {
          page.#lifecycle = listener
          return { onlyHide() {}, stop() {} }
        },
      },
      openChannel(onMessage) {
        page.#toRelay = onMessage
        return { open() {}, send: command => page.#onCommand(command), close: () => page.#close() }
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
        timeOrigin: performance.timeOrigin,
        clockResolution: 0.1,
        memoryAvailable,
        navigationType: 'navigate',
      }),
      title: () => stream,
      complete() {},
      onFinishing() {},
    })
    this.#toRelay?.({ type: 'hello', memoryAvailable: false })
    this.recording = true
  }

  /** An operation that begins and ends now. */
  make(name: string): void {
    this.#rows.push({ id: ++this.#lastId, name, outcome: 'ok', start: performance.now(), duration: 0 })
  }

  begin(name: string): void {
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
    this.#lifecycle?.onHide()
    lastEvents()
    this.flush()
    this.frozen = true
  }

  restore(): void {
    this.frozen = false
    this.#lifecycle?.onRestore()
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

  #close(): void {
    this.flush()
    this.recording = false
  }
}
