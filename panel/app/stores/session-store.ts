// Panel: the session that is shown: the live one, which goes on meanwhile, one that was stored, or one from a file.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { ListedSession } from '../../../wire/messages.ts'
import type { Background } from '../connection/background.ts'
import { openFileSession } from './file-session.ts'
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
  /** Whether there is a session in what is shown: of none, or of one that can't be read, no figure is known. */
  known: ReadonlySignal<boolean>
  live: LiveSession
  /** All that are stored, the live one too. */
  list(): Promise<ListedSession[]>
  /** False for one that is in use. */
  remove(id: string): Promise<boolean>
  /** From files, those that were opened and not closed. */
  files: ReadonlySignal<readonly OpenSession[]>
  show(session: OpenSession): void
  /** Opens a session's file, and shows it. */
  openFile(file: File): void
  /** Lets go of one that is not the live one; if it is shown, the live one is instead. */
  close(session: OpenSession): void
  showStored(session: ListedSession): void
  stop(): void
}

export function createSessionStore(background: Background): SessionStore {
  const live = createLiveSession(background)
  const shown = signal<OpenSession>(live)
  const files = signal<readonly OpenSession[]>([])

  const show = (session: OpenSession): void => {
    const before = shown.peek()
    if (before === session) return
    shown.value = session
    // A stored one is read again when it is wanted again; a file can't be.
    if (before !== live && (!files.peek().includes(before) || before.connection.peek() === 'failed')) close(before)
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
