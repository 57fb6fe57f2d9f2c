// Isolated world of each frame: the private channel to the page script, in events by a name that only the two know.
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage, READY_EVENT } from '../../wire/messages.ts'

export interface PageChannel {
  /** Offers the channel to the page script that is there, or to the one that comes. */
  open(): void
  send(command: PageCommand): void
  /** Lets another relay take over. */
  close(): void
}

export function createPageChannel(onMessage: (message: PageMessage) => void): PageChannel {
  /** The name of the events that carry the page script's messages; no page can know it. */
  const secretEvent = randomId()
  const receive = (event: Event): void => onMessage(read(event))
  const send = (command: PageCommand): void => {
    performance.dispatchEvent(new MessageEvent(commandEvent(secretEvent), { data: toPage(command) }))
  }
  /** Once: whoever asks again is not our page script. */
  const offer = (): void => {
    const event = new MessageEvent(CONNECT_EVENT, { data: secretEvent, cancelable: true })
    if (!performance.dispatchEvent(event)) performance.removeEventListener(READY_EVENT, offer)
  }
  return {
    send,
    open() {
      performance.addEventListener(secretEvent, receive)
      // Whichever of the two scripts runs second finds the other: both run before any script of the page.
      performance.addEventListener(READY_EVENT, offer)
      offer()
    },
    close() {
      performance.removeEventListener(READY_EVENT, offer)
      // The page script sends what it has left within this call.
      send({ type: 'stop' })
      performance.removeEventListener(secretEvent, receive)
    },
  }
}

/** 128 random bits. `crypto.randomUUID` is missing where a page came without TLS, and in `data:` frames. */
export function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

function read(event: Event): PageMessage {
  let message: PageMessage | null = null
  try {
    message = fromPage((event as MessageEvent<PageMessage | null>).data)
  } catch {
    // Firefox throws where Chromium gives null.
  }
  if (message) return message
  // A source of the page's own passed off as data what can't be cloned: how much it was is not known.
  const losses = [{ reason: 'malformed' as const, count: 1 }]
  return { type: 'batch', batch: { operations: [], memory: [], snapshots: [], losses } }
}

/**
 * Only content scripts of Firefox have it: it clones `value` into the world of `target`. Chromium clones the data of events
 * between worlds. Firefox shows each world a view of the other's object, which the page may not read and the relay not write:
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Sharing_objects_with_page_scripts
 */
type CloneInto = <Value>(value: Value, target: object) => Value

const { cloneInto } = globalThis as { cloneInto?: CloneInto }

/** Throws where it can't be cloned; Chromium gives null. */
function fromPage<Value>(value: Value): Value {
  return cloneInto ? cloneInto(value, globalThis) : value
}

function toPage<Value>(value: Value): Value {
  return cloneInto ? cloneInto(value, window) : value
}
