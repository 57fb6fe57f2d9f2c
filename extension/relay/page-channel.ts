// Isolated world of each frame: the private channel to the page script, in events by a name that only the two know.
import { CONNECT_EVENT, commandEvent, type PageCommand, type PageMessage, READY_EVENT } from '../../wire/messages.ts'
import { fromPage, toPage } from './clone-across-worlds.ts'

export interface PageChannel {
  /** Hands it over: to the page script that is there, or to the one that comes. */
  open(): void
  send(command: PageCommand): void
  /** Makes way for another relay's. */
  close(): void
}

export function createPageChannel(onMessage: (message: PageMessage) => void): PageChannel {
  /** An event by this name carries what the page script has to say; no page can know it. */
  const secretEvent = randomId()
  const receive = (event: Event): void => onMessage(read(event))
  const send = (command: PageCommand): void => {
    performance.dispatchEvent(new MessageEvent(commandEvent(secretEvent), { data: toPage(command) }))
  }
  /** Once: whoever asks again is not our page script. */
  const handOver = (): void => {
    const offer = new MessageEvent(CONNECT_EVENT, { data: secretEvent, cancelable: true })
    if (!performance.dispatchEvent(offer)) performance.removeEventListener(READY_EVENT, handOver)
  }
  return {
    send,
    open() {
      performance.addEventListener(secretEvent, receive)
      // Whichever of the two scripts runs second finds the other: both run before any script of the page.
      performance.addEventListener(READY_EVENT, handOver)
      handOver()
    },
    close() {
      performance.removeEventListener(READY_EVENT, handOver)
      // It says all that it has left to say before this returns.
      send({ type: 'stop' })
      performance.removeEventListener(secretEvent, receive)
    },
  }
}

/** 128 bits that nobody guesses. `crypto.randomUUID` is missing where a page came without TLS, and in `data:` frames. */
export function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

function read(event: Event): PageMessage {
  try {
    return fromPage((event as MessageEvent<PageMessage | null>).data) ?? unreadable()
  } catch {
    return unreadable()
  }
}

/** What a source of the page's own gave passed for data and can't be cloned: how much it was, nobody knows. */
function unreadable(): PageMessage {
  const losses = [{ reason: 'malformed' as const, count: 1 }]
  return { type: 'batch', batch: { operations: [], memory: [], snapshots: [], losses } }
}
