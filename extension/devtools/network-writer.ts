// Devtools page: writes what DevTools saw of the network to the session's log, and tries again what could not be stored.
import type { LogEntry, NetworkEntry, NetworkLook } from '../../wire/log.ts'
import type { SessionInfo } from '../../wire/messages.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import { createRequestQueue } from './request-queue.ts'

/** Milliseconds from the first request after a while to the record that reports it. */
const FIRST_DELAY = 100
/** Milliseconds between records while there is always news: what a browser does to store one, the page waits for, too. */
const WRITE_INTERVAL = 500
/** Milliseconds after which what could not be stored is tried again. */
const RETRY_INTERVAL = 2_000

export interface NetworkWriterParts {
  /** The tab's session as it is now. */
  askSession(): Promise<SessionInfo>
  /** Resolves with false where there is no such session any more. */
  append(sessionId: string, entry: LogEntry): Promise<boolean>
}

export interface NetworkWriter {
  add(request: NetworkRequest): void
  /** Of several looks between two records one is written: the latest, with all running requests that they found. */
  addLook(look: NetworkLook): void
  /** The tab's session has changed: recording is on or off. */
  sessionChanged(): void
  /** The tab has another session. */
  sessionReplaced(): void
  /** Since when recording is off, in epoch milliseconds: what began before may end meanwhile. Undefined while it is on. */
  readonly pausedSince: number | undefined
  /** The session that is written to, once it is known. */
  session(): Promise<SessionInfo>
  stop(): void
}

export function createNetworkWriter({ askSession, append }: NetworkWriterParts): NetworkWriter {
  const queue = createRequestQueue()
  let look: NetworkLook | undefined
  let session: Promise<SessionInfo>
  let timer: ReturnType<typeof setTimeout> | undefined
  let written = Number.NEGATIVE_INFINITY
  let pausedSince: number | undefined
  let isFirst = true

  const ask = (): void => {
    session = askSession().then(info => {
      if (info.recording) pausedSince = undefined
      // Nothing is known of what began before DevTools was opened.
      else pausedSince ??= isFirst ? Number.NEGATIVE_INFINITY : Date.now()
      isFirst = false
      return info
    })
    session.catch(() => undefined)
  }

  const write = async (): Promise<void> => {
    // Nothing is written before it is known whose it is; more comes together meanwhile.
    const { id, createdAt } = await session.finally(() => {
      timer = undefined
    })
    written = performance.now()
    const taken = queue.take(createdAt)
    // What was running before Clear may have had its response by then.
    const latestLook = look && look.time > createdAt ? look : undefined
    look = undefined
    const entry: NetworkEntry = { type: 'network', ...taken, ...(latestLook ? { look: latestLook } : {}) }
    try {
      if (await append(id, entry)) return
      // The session was cleared meanwhile.
    } catch (error) {
      // Without space: the background makes room, or says that there is none.
      if ((error as Error).name !== 'QuotaExceededError') console.error('Perf could not store', error)
    }
    queue.putBack(taken)
    if (latestLook) look = mergeLooks(latestLook, look)
    tryAgain()
  }
  const schedule = (delay: number): void => {
    timer ??= setTimeout(() => write().catch(tryAgain), delay)
  }
  const tryAgain = (): void => {
    ask()
    schedule(RETRY_INTERVAL)
  }
  const scheduleNext = (): void => schedule(Math.max(FIRST_DELAY, written + WRITE_INTERVAL - performance.now()))

  ask()
  return {
    add(request) {
      if (pausedSince !== undefined && request.startTime >= pausedSince) return
      queue.add(request)
      scheduleNext()
    },
    addLook(latest) {
      look = look ? mergeLooks(look, latest) : latest
      scheduleNext()
    },
    sessionChanged: ask,
    sessionReplaced() {
      look = undefined
      ask()
    },
    get pausedSince() {
      return pausedSince
    },
    session: () => session,
    stop: () => clearTimeout(timer),
  }
}

/** A running request is reported once, so the running requests of a look that is not written move to the next one. */
function mergeLooks(earlier: NetworkLook, later: NetworkLook | undefined): NetworkLook {
  if (!later) return earlier
  const running = [...(earlier.running ?? []), ...(later.running ?? [])]
  return running.length > 0 ? { ...later, running } : later
}
