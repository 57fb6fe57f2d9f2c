// Panel: the session of the inspected tab, as it is recorded, and what can be done with it.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { SessionInfo } from '../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { followSession } from '../connection/session-connection.ts'
import { createGrowingSession, stepsOf } from './growing-session.ts'
import type { Connection, OpenSession } from './open-session.ts'

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
  const connection = signal<Connection>('loading')
  const info = signal<SessionInfo | null>(null)
  const full = signal(false)
  const growing = createGrowingSession(Date.now())

  const stopFollowing = followSession(background, {
    onSession(found) {
      if (found?.id !== info.peek()?.id) growing.startAnew(found?.createdAt ?? Date.now())
      if (!found) connection.value = 'none'
      else if (connection.peek() !== 'ready') connection.value = 'loading'
      info.value = found
    },
    async onEntries(entries) {
      full.value = false
      await growing.grow(session => stepsOf(session, entries))
    },
    onRead() {
      connection.value = 'ready'
    },
    onFull() {
      full.value = true
    },
    onDisconnected() {
      connection.value = 'disconnected'
    },
  })

  const command = (sent: Promise<unknown>): void => {
    sent.catch(cause => {
      console.error(cause)
      connection.value = 'disconnected'
    })
  }

  return {
    key: 'live',
    name: 'Live',
    connection,
    info,
    full,
    session: growing.session,
    version: growing.version,
    progress: signal(null),
    problem: signal(null),
    recording: computed(() => info.value?.recording ?? false),
    setRecording: on => command(background.record(on)),
    setPreserveLog: on => command(background.preserveLog(on)),
    clear: () => command(background.clear()),
    hold: growing.hold,
    stop() {
      stopFollowing()
      growing.stop()
    },
  }
}
