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
  setRecording(on: boolean): void
  setPreserveLog(on: boolean): void
  clear(): void
}

export function createLiveSession(background: Background): LiveSession {
  const info = signal<SessionInfo | null>(null)
  const full = signal(false)
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
      await reading.grow(session => stepsOf(session, entries))
      if (connection.peek() === 'loading') reading.reach(position / Math.max(position, await size))
    },
    onRead() {
      if (!unheard) reading.end('ready')
    },
    onFull() {
      full.value = true
    },
    onDisconnected: () => reading.end('disconnected'),
  })

  const command = (sent: Promise<unknown>): void => {
    sent.catch(cause => {
      console.error(cause)
      unheard = true
      reading.end('disconnected')
    })
  }

  return {
    key: 'live',
    name: 'Live',
    ...reading.parts,
    info,
    full,
    recording: computed(() => info.value?.recording ?? false),
    setRecording: on => command(background.record(on)),
    setPreserveLog: on => command(background.preserveLog(on)),
    clear: () => command(background.clear()),
    stop() {
      stopFollowing()
      reading.stop()
    },
  }
}
