// Panel: the session that is shown: the live one, a stored one, or one from a file. The live one is always recorded.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { ListedSession } from '../../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { openFileSession } from './file-session.ts'
import { createLiveSession, type LiveSession } from './live-session.ts'
import type { OpenSession } from './open-session.ts'
import { openStoredSession } from './stored-session.ts'

/** Signals are those of the session that is shown. Commands apply to the live session. */
export interface SessionStore
  extends Pick<OpenSession, 'connection' | 'session' | 'version' | 'progress' | 'problem' | 'hold'>,
    Pick<LiveSession, 'info' | 'recording' | 'full' | 'setRecording' | 'setPreserveLog' | 'clear'> {
  /** Whether another session than the live one is shown. */
  readOnly: ReadonlySignal<boolean>
  shown: ReadonlySignal<OpenSession>
  /** Whether there is data to show: not if the tab has no session, or if it cannot be read. */
  known: ReadonlySignal<boolean>
  live: LiveSession
  /** All stored sessions, including the live one. */
  list(): Promise<ListedSession[]>
  /** False if the session is in use, and was not removed. */
  remove(id: string): Promise<boolean>
  /** The open sessions from files. */
  files: ReadonlySignal<readonly OpenSession[]>
  show(session: OpenSession): void
  /** Opens a session from a file, and shows it. */
  openFile(file: File): void
  /** Closes a session other than the live one. If it is shown, the live one is shown instead. */
  close(session: OpenSession): void
  showStored(session: ListedSession): void
  stop(): void
}

export function createSessionStore(background: Background): SessionStore {
  const live = createLiveSession(background)
  const shown = signal<OpenSession>(live)
  const files = signal<readonly OpenSession[]>([])

  const show = (session: OpenSession): void => {
    const previous = shown.peek()
    if (previous === session) return
    shown.value = session
    // A stored session can be read again later. A file cannot, so it stays open.
    if (previous !== live && (!files.peek().includes(previous) || previous.connection.peek() === 'failed'))
      close(previous)
  }
  const close = (session: OpenSession): void => {
    files.value = files.peek().filter(each => each !== session)
    session.stop()
    if (shown.peek() === session) shown.value = live
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
    known: computed(() => !['none', 'failed'].includes(shown.value.connection.value)),
    live,
    files,
    show,
    close,
    openFile(file) {
      const session = openFileSession(file)
      files.value = [...files.peek(), session]
      show(session)
    },
    list: background.list,
    async remove(id) {
      if (shown.peek().key === id) show(live)
      return background.remove(id)
    },
    showStored: session => show(openStoredSession(background.log, session)),
    stop() {
      show(live)
      for (const file of files.peek()) close(file)
      live.stop()
    },
  }
}
