// Panel: a session that was stored, read from its log.
import { signal } from '@preact/signals'
import type { SessionLog } from '../../storage/session-log.ts'
import type { StoredSession } from '../../wire/messages.ts'
import { createGrowingSession, stepsOf } from './growing-session.ts'
import type { Connection, OpenSession } from './open-session.ts'

/** What was stored of it up to now. */
export function openStoredSession(log: Pick<SessionLog, 'read'>, stored: StoredSession): OpenSession {
  const { id, createdAt, bytes } = stored
  const connection = signal<Connection>('loading')
  const progress = signal<number | null>(0)
  const problem = signal<string | null>(null)
  const growing = createGrowingSession(createdAt)
  let stopped = false

  const read = async (): Promise<void> => {
    let position = 0
    while (!stopped) {
      const records = await log.read(id, position)
      const last = records.at(-1)
      if (!last || stopped) break
      await growing.grow(session =>
        stepsOf(
          session,
          records.map(record => record.entry),
        ),
      )
      position = last.n
      progress.value = Math.min(1, position / bytes)
    }
    connection.value = 'ready'
    progress.value = null
  }
  read().catch(cause => {
    console.error(cause)
    problem.value = `It could not be read from storage: ${(cause as Error).message}`
    connection.value = 'failed'
    progress.value = null
  })

  return {
    key: id,
    name: nameOfStored(stored),
    connection,
    progress,
    problem,
    session: growing.session,
    version: growing.version,
    hold: growing.hold,
    stop() {
      stopped = true
      growing.stop()
    },
  }
}

/** The page's title, or its URL where it has none. */
export function nameOfStored({ title, url }: StoredSession): string {
  return title || url || 'Untitled page'
}
