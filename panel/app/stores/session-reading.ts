// Panel: a session that is being read: how far that is, and what it has come to.
import { signal } from '@preact/signals'
import { createGrowingSession, type GrowingSession } from './growing-session.ts'
import type { Connection, OpenSession } from './open-session.ts'

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
