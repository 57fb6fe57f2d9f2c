// Page's own world (MAIN), as an init script of Playwright's, in every frame: the page script without an extension. What it
// records goes to the test's process through a binding, when that asks for it or the page is left.
import { startPageRecorder } from '../../injected/page-recorder.ts'
import { later } from '../../injected/primordials/later.ts'
import {
  addListener,
  apply,
  bare,
  defineProperty,
  getOwnPropertyDescriptor,
  lengthOf,
  listenTo,
} from '../../injected/primordials/natives.ts'
import type { RawBatch } from '../../wire/batch.ts'
import type { PageCommand } from '../../wire/messages.ts'
import { BINDING, FLUSH_EVENT, type TestMessage } from '../page-message.ts'
import { encode } from './encode.ts'
import { describeDocument, documentTitle, hasMemory, observeLongTasks, readMemory, wallOffset } from './page-facts.ts'

const Observer = MutationObserver
const { observe } = MutationObserver.prototype

/** Milliseconds between two readings of the heap. */
const SAMPLE_INTERVAL = 1_000

/**
 * Characters that are kept in the page until they are asked for or the page is left: some 50,000 operations. Each call of a
 * binding runs code of Playwright's in the page, of which one that has replaced `Promise` or `JSON.stringify` would notice.
 */
const MAX_HELD = 4_000_000

takeBinding((post, options) => {
  /** The document that has been announced, and its name. */
  let announced: Document | undefined
  let stream = ''
  const longTasks = observeLongTasks()
  let held = ''
  const sendHeld = (): void => {
    const messages = held
    held = ''
    if (messages) post(`[${messages}]`)
  }
  const send = (message: TestMessage): void => {
    held += `${held && ','}${encode(bare(message))}`
    if (held.length > MAX_HELD) sendHeld()
  }
  const announce = (): string => {
    // A popup keeps its window, and with it this script, when the document arrives that it was opened for.
    if (announced === window.document) return stream
    announced = window.document
    listen()
    const document = describeDocument()
    stream = document.stream
    send({ type: 'document', document, wallOffset: wallOffset() })
    return stream
  }
  let listen = (): void => {}

  startPageRecorder((onConnect, onCommand) => {
    let waiting = bare([readMemory()])
    let hasSent = false
    const forward = (batch: RawBatch): void => {
      hasSent = true
      const memory = waiting
      waiting = bare([])
      const whole = bare({ ...batch, ...longTasks.take(), memory: memory[0] ? memory : [] })
      send({ type: 'batch', stream: announce(), title: documentTitle(), batch: whole })
    }
    const command = (given: PageCommand): void => onCommand(bare(given))
    const flush = (): void => {
      announce()
      command({ type: 'flush' })
      if (waiting.length > 0) forward(emptyBatch())
      sendHeld()
    }

    onConnect(message => {
      if (message.type !== 'batch') return
      const { operations } = message.batch
      let rows = 0
      for (let i = 0; i < operations.length; i++) rows += lengthOf(operations[i]?.columns.id as Uint32Array)
      forward(message.batch)
      // A binding's call has left the page when it returns.
      command({ type: 'stored', batches: 1, operations: rows })
    })
    if (options.callStacks) command({ type: 'call-stacks', on: true })

    const sample = (): void => {
      const read = readMemory()
      if (read) waiting[waiting.length] = read
      if (!hasSent && read) forward(emptyBatch())
      hasSent = false
      later(sample, SAMPLE_INTERVAL)
    }
    if (hasMemory) later(sample, SAMPLE_INTERVAL)
    const onHide = (event: Event): void => {
      // No page can replace this member: https://dom.spec.whatwg.org/#dom-event-istrusted
      if (event.isTrusted) flush()
    }
    listen = () => {
      // When the next document comes from another site, this one is cut off from Playwright before it is hidden.
      apply(listenTo, window, ['beforeunload', onHide])
      apply(listenTo, window, ['pagehide', onHide])
      // `document.open`, which `page.setContent` uses, removes them, and the document's content, which an observer sees.
      apply(observe, rewrites, [window.document, bare({ childList: true })])
    }
    const rewrites = new Observer(listen)
    listen()
    addListener(FLUSH_EVENT, flush)
    return () => {}
  })
})

function emptyBatch(): RawBatch {
  return bare({ operations: [], memory: [], snapshots: [], losses: [] })
}

/**
 * Calls `start` with the binding that Playwright has put on `window`, taken off it before a page script can see it. What
 * Playwright keeps there for all bindings has to stay, and is hidden from lists of members.
 */
function takeBinding(start: (post: (text: string) => void, options: { callStacks: boolean }) => void): void {
  const world = window as unknown as Record<string, ((text: string) => Promise<unknown>) | undefined>
  const binding = world[BINDING]
  if (!binding) return
  delete world[BINDING]
  for (const name of ['__playwright__binding__', '__playwright__binding__controller__']) {
    const found = getOwnPropertyDescriptor(window, name)
    if (found?.configurable) defineProperty(window, name, bare({ ...found, enumerable: false }))
  }
  const post = (text: string): void => {
    try {
      // Nothing is attached to its promise, which never rejects: a page may have replaced `then`.
      binding(text)
    } catch {
      // The test is over.
    }
  }
  start(post, perfTestOptions)
}

/** Set by the test's process in front of this script. */
declare const perfTestOptions: { callStacks: boolean }
