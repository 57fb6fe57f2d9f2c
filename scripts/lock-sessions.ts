// World: the panel, where scripts and tests evaluate it. It may use nothing from outside, and has no named functions within:
// tsx would wrap them in a helper of its own, which the panel does not have (https://esbuild.github.io/api/#keep-names).

/**
 * From when it resolves until the panel is gone, nobody else can read or write what is stored of sessions. The page and
 * its recording go on, but the panel stands still.
 */
export function lockSessions(): Promise<void> {
  return new Promise(resolve => {
    indexedDB.open('perf').onsuccess = ({ target }) => {
      const { result: db } = target as IDBOpenDBRequest
      // A transaction lives as long as it has requests.
      db.transaction(['sessions', 'log'], 'readwrite').objectStore('sessions').count().onsuccess = answered => {
        resolve()
        const { source, onsuccess } = answered.target as IDBRequest<number>
        ;(source as IDBObjectStore).count().onsuccess = onsuccess
      }
    }
  })
}
