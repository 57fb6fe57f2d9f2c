// Panel: the session that is shown: the live one, which goes on meanwhile, or one that was stored.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { ListedSession } from '../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { createLiveSession, type LiveSession } from './live-session.ts'
import type { OpenSession } from './open-session.ts'
import { openStoredSession } from './stored-session.ts'

/** The signals are those of the session that is shown; what changes something acts on the live one. */
export interface SessionStore
  extends Pick<OpenSession, 'connection' | 'session' | 'version' | 'progress' | 'problem' | 'hold'>,
    Pick<LiveSession, 'info' | 'recording' | 'full' | 'setRecording' | 'setPreserveLog' | 'clear'> {
  /** What is shown is not the live one. */
  readOnly: ReadonlySignal<boolean>
  shown: ReadonlySignal<OpenSession>
  live: LiveSession
  /** All that are stored, the live one too. */
  list(): Promise<ListedSession[]>
  /** False for one that is in use. */
  remove(id: string): Promise<boolean>
  show(session: OpenSession): void
  showStored(session: ListedSession): void
  stop(): void
}

export function createSessionStore(background: Background): SessionStore {
  const live = createLiveSession(background)
  const shown = signal<OpenSession>(live)

  const show = (session: OpenSession): void => {
    const before = shown.peek()
    if (before === session) return
    shown.value = session
    if (before !== live) before.stop()
  }

  return {
    connection: computed(() => shown.value.connection.value),
    session: computed(() => shown.value.session.value),
    version: computed(() => shown.value.version.value),
    progress: computed(() => shown.value.progress.value),
    problem: computed(() => shown.value.problem.value),
    hold: () => shown.peek().hold(),
    info: live.info,
    recording: live.recording,
    full: live.full,
    setRecording: live.setRecording,
    setPreserveLog: live.setPreserveLog,
    clear: live.clear,
    readOnly: computed(() => shown.value !== live),
    shown,
    live,
    show,
    list: background.list,
    async remove(id) {
      if (shown.peek().key === id) show(live)
      return background.remove(id)
    },
    showStored: session => show(openStoredSession(background.log, session)),
    stop() {
      show(live)
      live.stop()
    },
  }
}
