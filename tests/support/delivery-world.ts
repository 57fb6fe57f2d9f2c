// Test (Node): everything between a page script and the stored log, with the real relay, background and storage on a fake
// browser. The worker can be killed at any turn of the event loop: what it had begun has no effect after that.
import { openDB } from 'idb'
import type { Runtime } from 'webextension-polyfill'
import { createInspectedTabs, type InspectedTabs } from '../../extension/background/inspected-tabs.ts'
import { createLifecycle, type Lifecycle } from '../../extension/background/lifecycle.ts'
import { sendNewSession } from '../../extension/background/ports.ts'
import { serveRelay } from '../../extension/background/relay-port.ts'
import { createSessions, type Sessions } from '../../extension/background/sessions.ts'
import { createStoredSessions } from '../../extension/background/stored-sessions.ts'
import { SETTLE_TIME, UnloadBatches } from '../../extension/background/unload-batches.ts'
import { openSessionLog, type SessionLog } from '../../storage/session-log.ts'
import type { LogRecord } from '../../wire/log.ts'
import type { RelayCommand, StoredSession } from '../../wire/messages.ts'
import { DEFAULT_SETTINGS } from '../../wire/settings.ts'
import { readUnloadKey } from '../../wire/unload-batch.ts'
import { FakePage } from './fake-page.ts'
import { createPortPair, type PortPair } from './fake-port.ts'
import { createFakeStorageArea } from './fake-storage-area.ts'
import { turn } from './turn.ts'

export const TAB = 7
/** Turns of the event loop that a worker takes to start: a page may be gone by then. */
const TURNS_TO_START = 5

interface Worker {
  alive: boolean
  lifecycle: Lifecycle
  tabs: InspectedTabs
  sessions: Sessions
  onConnect(port: Runtime.Port): void
  stop(): void
}

interface Connection {
  page: FakePage
  pair: PortPair
  /** The worker that has it; undefined while that is starting. */
  worker?: Worker
}

let worlds = 0

export class DeliveryWorld {
  readonly log: SessionLog
  readonly #name = `delivery ${++worlds}`
  readonly local = createFakeStorageArea()
  readonly session = createFakeStorageArea()
  /** The documents that are shown, by frame. */
  readonly pages: FakePage[] = []
  /** Recordings of documents that came while DevTools was closed, as far as the background knew: nothing of them is wanted. */
  readonly discarded = new Set<string>()
  /** Whether storing batches fails the next time. */
  failNextAppend = false
  #worker: Worker | undefined
  #starting: Promise<Worker> | undefined
  #documents = 0
  #delay = 0
  #sent = Promise.resolve()
  readonly #connections = new Set<Connection>()
  #devtoolsOpen = false
  /** The worker that the devtools page is connected to. */
  #devtoolsWorker: Worker | undefined
  /** Whether pages to come have the scripts. */
  #registered = false

  constructor(readonly budget = Number.POSITIVE_INFINITY) {
    this.log = openSessionLog(this.#name)
    this.local.onChanged.addListener(changes => {
      // An event of an extension starts its worker.
      if (Object.keys(changes).some(readUnloadKey)) void this.worker()
    })
  }

  /** DevTools opens on the tab. Resolves when pages to come are recorded. */
  async open(): Promise<void> {
    this.#devtoolsOpen = true
    void this.#connectDevtools()
    while (!this.#registered) await turn()
  }

  closeDevtools(): void {
    this.#devtoolsOpen = false
    const worker = this.#devtoolsWorker
    this.#devtoolsWorker = undefined
    void turn().then(() => {
      if (worker?.alive) void worker.lifecycle.onDevtoolsClosed(TAB)
    })
  }

  openDevtools(): void {
    this.#devtoolsOpen = true
    void turn().then(() => this.#connectDevtools())
  }

  /** The devtools page connects again each time that the worker was stopped. */
  async #connectDevtools(): Promise<void> {
    const worker = await this.worker()
    if (!this.#devtoolsOpen || this.#devtoolsWorker === worker) return
    if (!worker.alive) return this.#connectDevtools()
    this.#devtoolsWorker = worker
    void worker.lifecycle.onDevtoolsOpened(TAB)
  }

  /** Runs both scripts in the documents that are shown. They and commands reach a busy page in any order. */
  async #inject(): Promise<void> {
    const run = async (script: 'runRelay' | 'runScript'): Promise<void> => {
      await this.#soon()
      for (const page of this.pages) page[script]()
    }
    await Promise.all([run('runRelay'), run('runScript')])
  }

  /** Some turns later: a page may be busy. */
  #soon(): Promise<void> {
    this.#delay = (this.#delay * 5 + 3) % 8
    return turn(1 + this.#delay)
  }

  /** Starts it where none runs. */
  worker(): Promise<Worker> {
    if (this.#worker) return Promise.resolve(this.#worker)
    this.#starting ??= turn(TURNS_TO_START).then(() => {
      this.#starting = undefined
      this.#worker = this.#createWorker()
      return this.#worker
    })
    return this.#starting
  }

  kill(): void {
    const worker = this.#worker
    if (!worker) return
    worker.alive = false
    worker.stop()
    this.#worker = undefined
    this.#devtoolsWorker = undefined
    if (this.#devtoolsOpen) void turn().then(() => this.#connectDevtools())
    for (const connection of [...this.#connections]) {
      if (connection.worker === worker) this.#lose(connection)
    }
  }

  /** The page's port closes, and both ends live. */
  losePort(page: FakePage): void {
    for (const connection of [...this.#connections]) {
      if (connection.page !== page) continue
      this.#connections.delete(connection)
      connection.pair.lose('near', 'far')
    }
  }

  load(frame: number): FakePage {
    const page: FakePage = new FakePage({
      id: `${++this.#documents}-0-0`,
      connect: () => this.#connect(() => page),
      storage: () => ({
        set: async items => {
          // Nothing runs in a page that is gone; what it asked for before is done.
          if (!page?.frozen) await this.local.set(items)
        },
      }),
    })
    this.pages[frame] = page
    if (this.#registered) {
      page.runRelay()
      page.runScript()
    }
    return page
  }

  /** The page's scripts run no more: it is gone, or in the back/forward cache. Its ports close, which it does not hear. */
  hide(page: FakePage, lastEvents?: () => void): void {
    page.hide(lastEvents)
    for (const connection of [...this.#connections]) {
      if (connection.page !== page) continue
      this.#connections.delete(connection)
      connection.pair.lose('far')
    }
  }

  restore(frame: number, page: FakePage): void {
    this.pages[frame] = page
    page.restore()
  }

  async setRecording(on: boolean): Promise<StoredSession> {
    const session = await (await this.worker()).sessions.setRecording(TAB, on)
    void this.#sendToTab({ type: 'record', on: session.recording })
    return session
  }

  async clear(): Promise<StoredSession> {
    const session = await (await this.worker()).sessions.clear(TAB)
    sendNewSession(session, session.createdAt, (_, command) => this.#sendToTab(command))
    return session
  }

  /** The browser loses all that is stored. Resolves with what was in the log. */
  async loseStorage(): Promise<LogRecord[]> {
    const database = await openDB(this.#name)
    const transaction = database.transaction(['sessions', 'log'], 'readwrite')
    const records: LogRecord[] = await transaction.objectStore('log').getAll()
    for (const store of ['sessions', 'log']) void transaction.objectStore(store).clear()
    await transaction.done
    database.close()
    return records
  }

  /** Until nothing is left to be stored. */
  async settle(advance: (milliseconds: number) => Promise<unknown>): Promise<void> {
    // Each page is recorded if DevTools is open. One that does nothing may hear only later that it is not.
    const isQuiet = (): boolean =>
      this.pages.every(page => page.idle && (page.connected || !this.#devtoolsOpen)) &&
      ![...this.local.items.keys()].some(readUnloadKey)
    await this.worker()
    for (let round = 0; round < 100; round++) {
      await turn(20)
      await advance(SETTLE_TIME / 10)
      if (isQuiet() && round > 3) return
    }
    throw new Error('What was recorded does not come to rest')
  }

  async current(): Promise<StoredSession> {
    return (await this.worker()).tabs.sessionOf(TAB)
  }

  /** All of the tab's log. */
  async records(): Promise<LogRecord[]> {
    const { id } = await this.current()
    const records: LogRecord[] = []
    for (;;) {
      const page = await this.log.read(id, records.at(-1)?.n ?? 0)
      if (page.length === 0) return records
      records.push(...page)
    }
  }

  async close(): Promise<void> {
    this.#devtoolsOpen = false
    this.kill()
    await this.log.close()
  }

  #lose(connection: Connection): void {
    this.#connections.delete(connection)
    connection.pair.lose('near')
  }

  #connect(pageOf: () => FakePage): Runtime.Port {
    const pair = createPortPair('relay', { tab: { id: TAB } as never, ...{ frameId: 0 } })
    void turn().then(async () => {
      const page = pageOf()
      const connection: Connection = { page, pair }
      if (page.frozen) return
      this.#connections.add(connection)
      const worker = await this.worker()
      // A port that has been closed before the worker had started is never heard of.
      if (!this.#connections.has(connection)) return
      connection.worker = worker
      worker.onConnect(pair.far)
      pair.accept()
    })
    return pair.near
  }

  /** In order. A document that comes meanwhile does not hear it. */
  #sendToTab(command: RelayCommand): Promise<void> {
    const pages = [...this.pages]
    this.#sent = this.#sent.then(async () => {
      await this.#soon()
      for (const page of pages) page.broadcast(command)
    })
    return this.#sent
  }

  #createWorker(): Worker {
    const gate = createGate()
    const { discarded } = this
    const log = gate.methodsOf({
      ...this.log,
      append: async (...args: Parameters<SessionLog['append']>) => {
        if (!this.failNextAppend || !args[1].some(({ entry }) => entry.type === 'batch'))
          return this.log.append(...args)
        this.failNextAppend = false
        throw new DOMException('Internal error', 'UnknownError')
      },
    })
    const local = gate.methodsOf(this.local)
    const tabs = createInspectedTabs({
      log,
      area: gate.methodsOf(this.session),
      budget: async () => this.budget,
      onLost: (_, session) => sendNewSession(session, 0, (_, command) => this.#sendToTab(command)),
    })
    const stored = createStoredSessions(
      log,
      tabs,
      async () => DEFAULT_SETTINGS,
      () => undefined,
    )
    const onLimit = (): void => void this.#sendToTab({ type: 'record', on: false })
    const sessions = createSessions({ log, stored, tabs, announce: () => undefined, onLimit })
    const secretNames = async () => new Set<string>()
    const unload = new UnloadBatches({
      area: { get: local.get, remove: local.remove, onChanged: this.local.onChanged },
      sessions,
      secretNames,
    })
    const stop = unload.start()
    const lifecycle = createLifecycle({
      tabs,
      updateRegistered: async wanted => {
        const registered = await wanted()
        if (gate.open) this.#registered = registered
      },
      injectNow: () => this.#inject(),
      isAtWork: async () => [...this.pages].some(({ hasRelay, frozen }) => hasRelay && !frozen),
      sendToTab: (_, command) => this.#sendToTab(command),
      onSiteAllowed: () => undefined,
      onUnregistered: () => undefined,
    })
    const worker: Worker = {
      lifecycle,
      tabs,
      sessions,
      get alive() {
        return gate.open
      },
      set alive(open) {
        gate.open = open
      },
      stop,
      onConnect(port) {
        serveRelay(gate.port(port), {
          sessions,
          tabs,
          secretNames,
          callStacks: async () => false,
          hasCrashed: async () => false,
          inject: lifecycle.inject,
          onDiscarded: stream => {
            discarded.add(stream)
            unload.discard(stream)
          },
        })
      },
    }
    return worker
  }
}

/** What a worker reaches of the browser: when it is closed nothing comes through, and what was asked for gets no answer. */
function createGate() {
  const never = new Promise<never>(() => undefined)
  const gate = {
    open: true,
    methodsOf<T extends object>(target: T): T {
      return new Proxy(target, {
        get(object, key) {
          const value: unknown = Reflect.get(object, key)
          if (typeof value !== 'function') return value
          return async (...args: unknown[]): Promise<unknown> => {
            if (!gate.open) return never
            try {
              const result: unknown = await (value as (...all: unknown[]) => unknown).apply(object, args)
              return gate.open ? result : never
            } catch (error) {
              if (gate.open) throw error
              return never
            }
          }
        },
      })
    },
    port(port: Runtime.Port): Runtime.Port {
      return {
        ...port,
        sender: port.sender as Runtime.MessageSender,
        postMessage(message) {
          if (gate.open) port.postMessage(message)
        },
        disconnect() {
          if (gate.open) port.disconnect()
        },
      }
    },
  }
  return gate
}
