// Panel: a stored session, which is read from its log.
import type { SessionLog } from '../../../storage/session-log.ts'
import type { StoredSession } from '../../../wire/messages.ts'
import { createSessionReading, type OpenSession, stepsOf } from './open-session.ts'

/** Reads what is stored now. If the session still grows, the rest is not read. */
export function openStoredSession(log: Pick<SessionLog, 'read'>, stored: StoredSession): OpenSession {
  const { id, createdAt, bytes } = stored
  const name = nameOfStored(stored)
  const reading = createSessionReading(createdAt)
  let stopped = false

  const read = async (): Promise<void> => {
    let position = 0
    while (!stopped) {
      const records = await log.read(id, position)
      const last = records.at(-1)
      if (stopped) return
      if (!last) break
      await reading.grow(session =>
        stepsOf(
          session,
          records.map(record => record.entry),
        ),
      )
      position = last.n
      reading.reach(position / bytes)
    }
    await reading.grow(session => session.finish())
    if (stopped) return
    if (position < bytes) reading.fail(`Couldn't open “${name}”: the browser has lost it from its storage.`)
    else reading.end('ready')
  }
  read().catch(cause => {
    console.error(cause)
    reading.fail(`Couldn't open “${name}”: ${(cause as Error).message}`)
  })

  return {
    key: id,
    name,
    ...reading.parts,
    catchUp: async () => undefined,
    stop() {
      stopped = true
      reading.stop()
    },
  }
}

/** The title of the page, or its URL if it has none. */
export function nameOfStored({ title, url }: StoredSession): string {
  return title || url || 'Untitled page'
}
