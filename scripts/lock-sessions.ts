// World: the panel, where scripts and tests evaluate it: it may use nothing from outside.

/**
 * From when it resolves until the panel is gone, nobody else can read or write what is stored of sessions. The page and
 * its recording go on, but the panel stands still.
 */
export function lockSessions(): Promise<void> {
  return new Promise(resolve => {
    indexedDB.open('perf').onsuccess = ({ target }) => {
      const { result: db } = target as IDBOpenDBRequest
      const store = db.transaction(['sessions', 'log'], 'readwrite').objectStore('sessions')
      // A transaction lives as long as it has requests.
      const hold = (): void => {
        resolve()
        store.count().onsuccess = hold
      }
      hold()
    }
  })
}
