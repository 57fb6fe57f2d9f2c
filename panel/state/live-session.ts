// Panel: the session of the inspected tab, as it is recorded, and what can be done with it.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { SessionInfo } from '../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { followSession } from '../connection/session-connection.ts'
import { stepsOf } from './growing-session.ts'
import type { OpenSession } from './open-session.ts'
import { createSessionReading } from './session-reading.ts'

export interface LiveSession extends OpenSession {
  info: ReadonlySignal<SessionInfo | null>
  recording: ReadonlySignal<boolean>
  /** The browser has no space for what is recorded now. */
  full: ReadonlySignal<boolean>
  /** Why the session can't be read now; null while it can. */
  unreadable: ReadonlySignal<string | null>
  /** Why the latest of the commands below could not be carried out; null where it was. */
  refused: ReadonlySignal<string | null>
  setRecording(on: boolean): void
  setPreserveLog(on: boolean): void
  clear(): void
}

export function createLiveSession(background: Background): LiveSession {
  const info = signal<SessionInfo | null>(null)
  const full = signal(false)
  const unreadable = signal<string | null>(null)
  const refused = signal<string | null>(null)
  const reading = createSessionReading(Date.now())
  const { connection } = reading.parts
  /** The background has not heard a command, nor told of a session since: that the log can be read says nothing. */
  let unheard = false
  /** About what there is to read, in bytes: it grows meanwhile. */
  let size: Promise<number> = Promise.resolve(0)
  const sizeOf = async (id: string): Promise<number> => (await background.log.getSession(id))?.bytes ?? 0

  const stopFollowing = followSession(background, {
    onSession(found) {
      unheard = false
      if (found?.id !== info.peek()?.id) {
        reading.startAnew(found?.createdAt ?? Date.now())
        if (found) size = sizeOf(found.id)
      }
      if (!found) reading.end('none')
      else if (connection.peek() !== 'ready' && connection.peek() !== 'loading') reading.begin()
      info.value = found
    },
    async onEntries(entries, position) {
      full.value = false
      unreadable.value = null
      await reading.grow(session => stepsOf(session, entries))
      if (connection.peek() === 'loading') reading.reach(position / Math.max(position, await size))
    },
    onRead() {
      unreadable.value = null
      if (!unheard) reading.end('ready')
    },
    onUnreadable(cause) {
      unreadable.value = cause.message
    },
    onFull() {
      full.value = true
    },
    onDisconnected: () => reading.end('disconnected'),
  })

  const command = async (sent: Promise<unknown>): Promise<void> => {
    try {
      await sent
      refused.value = null
    } catch (cause) {
      console.error(cause)
      if (background.isGone()) {
        unheard = true
        reading.end('disconnected')
      } else refused.value = (cause as Error).message
    }
  }

  return {
    key: 'live',
    name: 'Live',
    ...reading.parts,
    info,
    full,
    unreadable,
    refused,
    recording: computed(() => info.value?.recording ?? false),
    setRecording: on => void command(background.record(on)),
    setPreserveLog: on => void command(background.preserveLog(on)),
    clear: () => void command(background.clear()),
    stop() {
      stopFollowing()
      reading.stop()
    },
  }
}
