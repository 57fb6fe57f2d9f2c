// Panel: the session of the inspected tab while it is recorded, and the commands for it.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { MAX_SILENT_TIME } from '../../../model/session/call-list.ts'
import type { StoredSession } from '../../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { followSession } from '../connection/session-connection.ts'
import { createSessionReading, type OpenSession, stepsOf } from './open-session.ts'

/**
 * Milliseconds without a new entry after which requests are joined that were ambiguous until then. A paused session gets none, and
 * neither does one of an idle page in Firefox, which has no memory samples.
 */
const SETTLE_AFTER = MAX_SILENT_TIME + 1_000

export interface LiveSession extends OpenSession {
  info: ReadonlySignal<StoredSession | null>
  recording: ReadonlySignal<boolean>
  /** The browser has no quota left for what is recorded. */
  full: ReadonlySignal<boolean>
  /** Why the session cannot be read; null while it can. */
  unreadable: ReadonlySignal<string | null>
  /** Why the latest of the commands below failed; null if it did not. */
  refused: ReadonlySignal<string | null>
  setRecording(on: boolean): void
  setPreserveLog(on: boolean): void
  clear(): void
}

export function createLiveSession(background: Background): LiveSession {
  const info = signal<StoredSession | null>(null)
  const full = signal(false)
  const unreadable = signal<string | null>(null)
  const refused = signal<string | null>(null)
  const reading = createSessionReading(Date.now())
  const { connection } = reading.parts
  /** A command did not reach the background, and nothing has come from it since: that the log can be read says nothing. */
  let unreachable = false
  /** About how many bytes there were to read when the session was first known: it grows meanwhile. */
  let size = 0

  let settling: ReturnType<typeof setTimeout> | undefined
  const settleLater = (): void => {
    clearTimeout(settling)
    settling = setTimeout(() => void reading.grow(session => session.settle(Date.now())), SETTLE_AFTER)
  }

  const disconnect = (): void => {
    unreadable.value = null
    reading.end('disconnected')
  }

  const followed = followSession(background, {
    onSession(found) {
      unreachable = false
      full.value = false
      if (found?.id !== info.peek()?.id) {
        reading.startAnew(found?.createdAt ?? Date.now())
        size = found?.bytes ?? 0
      }
      refused.value = null
      if (!found) {
        unreadable.value = null
        reading.end('none')
      } else if (connection.peek() !== 'ready' && connection.peek() !== 'loading') reading.begin()
      info.value = found
    },
    async onEntries(entries, position) {
      full.value = false
      unreadable.value = null
      await reading.grow(session => stepsOf(session, entries))
      settleLater()
      if (connection.peek() === 'loading') reading.reach(position / Math.max(position, size))
    },
    onRead() {
      unreadable.value = null
      if (!unreachable) reading.end('ready')
    },
    onUnreadable(cause) {
      unreadable.value = textOf(cause)
    },
    onNoSpace() {
      full.value = true
    },
    onDisconnected() {
      unreachable = true
      disconnect()
    },
  })

  let latest = 0
  /** @param failure what is said where it fails. */
  const command = async (failure: string, send: () => Promise<StoredSession>): Promise<void> => {
    const number = ++latest
    refused.value = null
    try {
      const session = await send()
      // What a later command has changed is in the answer to that.
      if (number === latest) followed.take(session)
    } catch (cause) {
      console.error(cause)
      if (background.isGone()) {
        unreachable = true
        disconnect()
      } else if (number === latest) {
        refused.value = `${failure}: ${textOf(cause as Error)}`
        // The switches go back to what is so.
        if (info.peek()) info.value = { ...(info.peek() as StoredSession) }
      }
    }
  }

  return {
    key: 'live',
    name: 'Live',
    ...reading.parts,
    catchUp: followed.catchUp,
    info,
    full,
    unreadable,
    refused,
    recording: computed(() => info.value?.recording ?? false),
    setRecording: on => void command('Couldn’t switch recording', () => background.record(on)),
    setPreserveLog: on => void command('Couldn’t change “Keep log”', () => background.preserveLog(on)),
    clear: () => void command('Couldn’t clear the session', background.clear),
    stop() {
      followed.stop()
      clearTimeout(settling)
      reading.stop()
    },
  }
}

/** Some errors of the browser have a name but no message. */
function textOf({ message, name }: Error): string {
  return message || name
}
