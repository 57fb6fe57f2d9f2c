// Panel: what every session that can be shown has in common: the live one, a stored one, and one from a file. Entries
// are added in slices, and views are notified at most once a frame.
import { type ReadonlySignal, signal } from '@preact/signals'
import { SessionModel } from '../../../model/session/session-model.ts'
import type { LogEntry } from '../../../wire/log.ts'
import { createFrameBatch, createPacedCall } from '../../kit/pacing.ts'
import { inSlices } from '../../kit/sliced-result.ts'

/**
 * Milliseconds between two changes of `version`. Each frame of the page sends its own batches, and if a large session
 * were drawn after each slice while it is read, drawing would take most of the time.
 */
const VERSION_INTERVAL = 60
/** The same while a session is opened: nobody waits for one of these drawings, but for the last. */
const OPENING_INTERVAL = 250

/**
 * `none`: the tab has no session. `disconnected`: the extension was reloaded while this panel was open. `failed`: the
 * session cannot be read, and `problem` says why.
 */
export type Connection = 'loading' | 'ready' | 'none' | 'disconnected' | 'failed'

export interface OpenSession {
  /** Identifies the session among the open ones. */
  readonly key: string
  /** Shown to the user. */
  readonly name: string
  connection: ReadonlySignal<Connection>
  /** The recorded data. It grows in place, and `version` changes when it has. */
  session: ReadonlySignal<SessionModel>
  version: ReadonlySignal<number>
  /** Changes like `version`, but also while the tab is hidden and has no animation frames. */
  grown: ReadonlySignal<number>
  /** The share that has been read, 0 to 1; null when everything has been. */
  progress: ReadonlySignal<number | null>
  problem: ReadonlySignal<string | null>
  /** Resolves when all that is stored of it by now has been read, or can't be. */
  catchUp(): Promise<void>
  /** Keeps the session from growing until the returned function is called. */
  hold(): () => void
  stop(): void
}

/** Fills a session, and keeps its state for those who show it. */
export interface SessionReading {
  parts: Pick<OpenSession, 'connection' | 'session' | 'version' | 'grown' | 'progress' | 'problem' | 'hold'>
  /** Replaces the session by an empty one. */
  startAnew(createdAt: number): void
  /** Runs `steps`, which add to the session, in slices. Resolves when all have run. */
  grow(steps: (session: SessionModel) => Iterable<unknown>): Promise<void>
  begin(): void
  /** @param share that has been read, 0 to 1 */
  reach(share: number): void
  end(connection: Exclude<Connection, 'loading' | 'failed'>): void
  /** The session cannot be read completely, so nothing of it is shown. */
  fail(problem: string): void
  stop(): void
}

export function createSessionReading(createdAt: number): SessionReading {
  const connection = signal<Connection>('loading')
  const progress = signal<number | null>(0)
  const problem = signal<string | null>(null)
  const session = signal(new SessionModel(createdAt))
  const version = signal(0)
  const grown = signal(0)
  const frames = createFrameBatch(() => version.value++)
  const notify = (): void => {
    grown.value++
    frames.request()
  }
  const changes = createPacedCall(notify, VERSION_INTERVAL)
  const parts = createPacedCall(notify, OPENING_INTERVAL)
  const change = (): void => (progress.peek() === null ? changes : parts).request()
  const holds = new Set<Promise<void>>()

  const released = async (): Promise<void> => {
    while (holds.size > 0) await Promise.all(holds)
  }
  const hold = (): (() => void) => {
    let release = (): void => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    holds.add(held)
    return () => {
      holds.delete(held)
      release()
    }
  }
  const startAnew = (at: number): void => {
    session.value = new SessionModel(at)
    frames.request()
  }

  return {
    parts: { connection, progress, problem, session, version, grown, hold },
    startAnew,
    async grow(steps) {
      await released()
      await inSlices(steps(session.peek()), () => {
        change()
        return released()
      })
      change()
    },
    begin() {
      connection.value = 'loading'
      progress.value = 0
    },
    reach(share) {
      progress.value = Math.min(1, share)
    },
    end(reached) {
      connection.value = reached
      if (progress.peek() === null) return
      progress.value = null
      changes.request()
    },
    fail(why) {
      startAnew(createdAt)
      problem.value = why
      progress.value = null
      connection.value = 'failed'
    },
    stop() {
      changes.stop()
      parts.stop()
      frames.stop()
    },
  }
}

/** Adds several entries, step by step. */
export function* stepsOf(session: SessionModel, entries: readonly LogEntry[]): Generator<void, void> {
  for (const entry of entries) {
    yield* session.steps(entry)
    yield
  }
}
