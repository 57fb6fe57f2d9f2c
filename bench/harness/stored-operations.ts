// The extension's service worker, where Playwright evaluates `readStored`. So it uses nothing from outside, and
// names no inner function: tsx would wrap that in a helper which is not there.
import type { LogRecord } from '../../wire/log.ts'
import type { StoredSession } from '../../wire/messages.ts'

export interface Stored {
  documents: number
  /** Operations with an end. */
  ended: number
  /** The number of the last request of the document: it counts them from 1, and tells of all, ended or not. */
  lastRequest: number
  lost: number
}

interface Question {
  url: string
  /** The position in the log up to which it was read. */
  after: number
}

/** What the newest session whose page is at `url` has of it, and the position reached: each tab has a session. */
export async function readStored({ url, after }: Question): Promise<Stored & { reached: number }> {
  // The page's requests are the first source of its recorder.
  const requests = 0
  const found = { documents: 0, ended: 0, lastRequest: 0, lost: 0, reached: after }
  if (!(await indexedDB.databases()).some(({ name }) => name === 'perf')) return found
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('perf')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const transaction = db.transaction(['sessions', 'log'])
  const sessions = await new Promise<StoredSession[]>((resolve, reject) => {
    const reading = transaction.objectStore('sessions').getAll()
    reading.onsuccess = () => resolve(reading.result)
    reading.onerror = () => reject(reading.error)
  })
  const newest = sessions.filter(session => session.url === url).sort((a, b) => b.createdAt - a.createdAt)[0]?.id
  if (newest === undefined) return found
  const range = IDBKeyRange.bound([newest, after], [newest, Number.POSITIVE_INFINITY], true)
  const records = await new Promise<LogRecord[]>((resolve, reject) => {
    const reading = transaction.objectStore('log').getAll(range, 200)
    reading.onsuccess = () => resolve(reading.result)
    reading.onerror = () => reject(reading.error)
  })
  for (const { n, entry } of records) {
    found.reached = n
    if (entry.type === 'document' && entry.document.url === url) found.documents++
    if (entry.type === 'batch' && entry.document.url === url) {
      for (const { count } of entry.batch.losses) found.lost += count
      for (const { source, columns } of entry.batch.operations) {
        if (source === requests) for (const id of columns.id) found.lastRequest = Math.max(found.lastRequest, id)
        for (const outcome of columns.outcome) if (outcome !== 0) found.ended++
      }
    }
  }
  db.close()
  return found
}
