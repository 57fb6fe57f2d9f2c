// Panel: the session that is shown: the live one, a stored one, or one from a file. The live one is always recorded.
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { ListedSession } from '../../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { openFileSession } from './file-session.ts'
import { createLiveSession, type LiveSession } from './live-session.ts'
import type { OpenSession } from './open-session.ts'
import { openStoredSession } from './stored-session.ts'

/** Signals are those of the session that is shown. Commands apply to the live session. */
export interface SessionStore
  extends Pick<OpenSession, 'connection' | 'session' | 'version' | 'progress' | 'catchUp' | 'hold'>,
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
  /** From files, those that are being read. */
  opening: ReadonlySignal<readonly OpenSession[]>
  /** Why the sessions that were opened last could not be. */
  problems: ReadonlySignal<readonly string[]>
  dismiss(problem: string): void
  show(session: OpenSession): void
  /** Reads a session from a file. Once all of it is known to be valid, it is shown, or handed to `onOpen`. */
  openFile(file: File, onOpen?: (session: OpenSession) => void): void
  /** Closes a session other than the live one. If it is shown, the live one is shown instead. */
  close(session: OpenSession): void
  showStored(session: ListedSession): void
  stop(): void
}

export function createSessionStore(background: Background): SessionStore {
  const live = createLiveSession(background)
  const shown = signal<OpenSession>(live)
  const files = signal<readonly OpenSession[]>([])
  const opening = signal<readonly OpenSession[]>([])
  const problems = signal<readonly string[]>([])

  const show = (session: OpenSession): void => {
    const previous = shown.peek()
    if (previous === session) return
    shown.value = session
    // A stored session can be read again later. A file cannot, so it stays open.
    if (previous !== live && !files.peek().includes(previous)) close(previous)
  }
  const close = (session: OpenSession): void => {
    for (const list of [files, opening]) list.value = list.peek().filter(each => each !== session)
    session.stop()
    if (shown.peek() === session) shown.value = live
  }

  /** Once it is read or has failed: a session that can't be opened leaves nothing but the reason. */
  const whenRead = (session: OpenSession, onReady: () => void): void => {
    problems.value = []
    const unwatch = effect(() => {
      if (session.connection.value === 'loading') return
      unwatch()
      untracked(() => {
        const problem = session.problem.peek()
        if (problem === null) return onReady()
        close(session)
        problems.value = [...problems.peek(), problem]
      })
    })
  }

  return {
    connection: computed(() => shown.value.connection.value),
    session: computed(() => shown.value.session.value),
    version: computed(() => shown.value.version.value),
    progress: computed(() => shown.value.progress.value),
    catchUp: () => shown.peek().catchUp(),
    hold: () => shown.peek().hold(),
    info: live.info,
    recording: live.recording,
    full: live.full,
    setRecording: live.setRecording,
    setPreserveLog: live.setPreserveLog,
    clear: live.clear,
    readOnly: computed(() => shown.value !== live),
    shown,
    known: computed(() => shown.value.connection.value !== 'none'),
    live,
    files,
    show,
    close,
    opening,
    problems,
    dismiss(problem) {
      problems.value = problems.peek().filter(each => each !== problem)
    },
    openFile(file, onOpen = show) {
      const session = openFileSession(file)
      opening.value = [...opening.peek(), session]
      whenRead(session, () => {
        if (!opening.peek().includes(session)) return
        opening.value = opening.peek().filter(each => each !== session)
        files.value = [...files.peek(), session]
        onOpen(session)
      })
    },
    list: background.list,
    async remove(id) {
      if (shown.peek().key === id) show(live)
      return background.remove(id)
    },
    showStored(stored) {
      const session = openStoredSession(background.log, stored)
      show(session)
      whenRead(session, () => undefined)
    },
    stop() {
      show(live)
      for (const file of [...files.peek(), ...opening.peek()]) close(file)
      live.stop()
    },
  }
}
