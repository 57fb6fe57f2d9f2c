// Panel: a session that grows while it is shown: entries go into it in slices, and those who show it hear of it at
// most once a frame.
import { type ReadonlySignal, signal } from '@preact/signals'
import { SessionModel } from '../../../model/session/session-model.ts'
import type { LogEntry } from '../../../wire/log.ts'
import { createFrameBatch, createPacedCall } from '../../kit/pacing.ts'
import { inSlices } from '../../kit/sliced-result.ts'

/**
 * Milliseconds between two changes that are told of: each frame of a page brings batches of its own, and while a large
 * session is being read, drawing it after each slice would be most of the work.
 */
const TELL_INTERVAL = 60

export interface GrowingSession {
  session: ReadonlySignal<SessionModel>
  /** Changes, at most once a frame and seldomer while much is added, when the session has grown. */
  version: ReadonlySignal<number>
  /** An empty one takes its place. */
  startAnew(createdAt: number, options?: { imported: boolean }): void
  /** Takes up what `steps` adds to the session, step by step. Resolves when all is in it. */
  grow(steps: (session: SessionModel) => Iterable<unknown>): Promise<void>
  /** Keeps the session as it is until the returned function is called. */
  hold(): () => void
  stop(): void
}

export function createGrowingSession(createdAt: number): GrowingSession {
  const session = signal(new SessionModel(createdAt))
  const version = signal(0)
  const frames = createFrameBatch(() => version.value++)
  const news = createPacedCall(frames.request, TELL_INTERVAL)
  const holds = new Set<Promise<void>>()

  const released = async (): Promise<void> => {
    while (holds.size > 0) await Promise.all(holds)
  }

  return {
    session,
    version,
    startAnew(at, { imported } = { imported: false }) {
      session.value = new SessionModel(at, imported)
      frames.request()
    },
    async grow(steps) {
      await released()
      await inSlices(steps(session.peek()), () => {
        news.request()
        return released()
      })
      news.request()
    },
    hold() {
      let release = (): void => {}
      const hold = new Promise<void>(resolve => {
        release = resolve
      })
      holds.add(hold)
      return () => {
        holds.delete(hold)
        release()
      }
    },
    stop() {
      news.stop()
      frames.stop()
    },
  }
}

/** The steps of several entries. */
export function* stepsOf(session: SessionModel, entries: readonly LogEntry[]): Generator<void, void> {
  for (const entry of entries) {
    yield* session.steps(entry)
    yield
  }
}

export interface SessionReading extends Pick<GrowingSession, 'startAnew' | 'grow' | 'stop'> {
  /** What those who show the session follow. */
  parts: Pick<OpenSession, 'connection' | 'session' | 'version' | 'progress' | 'problem' | 'hold'>
  begin(): void
  /** So much of it has been read: 0 to 1. */
  reach(share: number): void
  /** Nothing more is read. */
  end(reached: Exclude<Connection, 'loading' | 'failed'>): void
  /** It can't be read, or not to its end: nothing of it is shown. */
  fail(problem: string): void
}

export function createSessionReading(createdAt: number): SessionReading {
  const connection = signal<Connection>('loading')
  const progress = signal<number | null>(0)
  const problem = signal<string | null>(null)
  const { session, version, hold, ...growing } = createGrowingSession(createdAt)
  return {
    ...growing,
    parts: { connection, progress, problem, session, version, hold },
    begin() {
      connection.value = 'loading'
      progress.value = 0
    },
    reach(share) {
      progress.value = Math.min(1, share)
    },
    end(reached) {
      connection.value = reached
      progress.value = null
    },
    fail(why) {
      growing.startAnew(createdAt)
      problem.value = why
      progress.value = null
      connection.value = 'failed'
    },
  }
}

/**
 * `none`: the tab has no session. `disconnected`: the extension was reloaded under this panel. `failed`: what was to
 * be opened is no session, or can't be read: `problem` says why.
 */
export type Connection = 'loading' | 'ready' | 'none' | 'disconnected' | 'failed'

export interface OpenSession {
  /** Tells it from the others. */
  readonly key: string
  /** As the user is told. */
  readonly name: string
  connection: ReadonlySignal<Connection>
  /** What was recorded. It grows in place: `version` changes, at most once a frame, when it has. */
  session: ReadonlySignal<SessionModel>
  version: ReadonlySignal<number>
  /** The share of it that has been read, 0 to 1; null when that is all. */
  progress: ReadonlySignal<number | null>
  problem: ReadonlySignal<string | null>
  /** Keeps the session as it is until the returned function is called. */
  hold(): () => void
  stop(): void
}
