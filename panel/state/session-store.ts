// Panel: the session that is shown, and what can be done with it.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { SessionInfo } from '../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { followSession } from '../connection/session-connection.ts'
import { SessionFold } from '../session/session-fold.ts'
import { createFrameBatch } from './frame-batch.ts'
import { inSlices } from './time-slice.ts'

/** `none`: the tab has no session. `disconnected`: the extension was reloaded under this panel. */
export type Connection = 'loading' | 'ready' | 'none' | 'disconnected'

export interface SessionStore {
  connection: ReadonlySignal<Connection>
  info: ReadonlySignal<SessionInfo | null>
  recording: ReadonlySignal<boolean>
  /** What was recorded. It grows in place: `version` changes, at most once a frame, when it has. */
  session: ReadonlySignal<SessionFold>
  version: ReadonlySignal<number>
  setRecording(on: boolean): void
  setPreserveLog(on: boolean): void
  clear(): void
  /** Keeps the session as it is until the returned function is called. */
  hold(): () => void
  stop(): void
}

export function createSessionStore(background: Background): SessionStore {
  const connection = signal<Connection>('loading')
  const info = signal<SessionInfo | null>(null)
  const session = signal(new SessionFold(Date.now()))
  const version = signal(0)
  const frames = createFrameBatch(() => version.value++)
  let held: Promise<void> | undefined

  const stopFollowing = followSession(background, {
    onSession(found) {
      if (found?.id !== info.peek()?.id) session.value = new SessionFold(found?.createdAt ?? Date.now())
      if (!found) connection.value = 'none'
      else if (connection.peek() !== 'ready') connection.value = 'loading'
      info.value = found
      frames.request()
    },
    async onEntries(entries) {
      await held
      const target = session.peek()
      await inSlices(entries, entry => {
        target.apply(entry)
        frames.request()
      })
    },
    onRead() {
      connection.value = 'ready'
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
    connection,
    info,
    session,
    version,
    recording: computed(() => info.value?.recording ?? false),
    setRecording: on => command(background.record(on)),
    setPreserveLog: on => command(background.preserveLog(on)),
    clear: () => command(background.clear()),
    hold() {
      let release = () => {}
      const hold = new Promise<void>(resolve => {
        release = resolve
      })
      held = hold
      return () => {
        release()
        if (held === hold) held = undefined
      }
    },
    stop() {
      stopFollowing()
      frames.stop()
    },
  }
}
