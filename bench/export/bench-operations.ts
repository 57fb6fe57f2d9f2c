// The panel, where Playwright evaluates these functions. So each uses nothing from outside of it, and names no inner
// function: tsx would wrap that in a helper which is not there.

/** Operations to a record, as a busy page sends them. */
export interface Filling {
  id: string
  operations: number
}

/**
 * Writes operations into a session's log, as the background would: one in 10 a request, one in 20 with metadata. The
 * session is made if there is none.
 */
export async function fillSession({ id, operations }: Filling): Promise<void> {
  const perRecord = 10_000
  const timeOrigin = 1_790_000_000_000
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('perf')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const document = {
    stream: id,
    documentId: `D-${id}`,
    frameId: 0,
    url: 'https://shop.example/cart',
    title: `bench ${operations}`,
    userAgent: navigator.userAgent,
    timeOrigin,
    clockResolution: 0.1,
    memoryAvailable: true,
    navigationType: 'navigate',
  }
  let bytes = 0
  for (let first = 0; first < operations; first += perRecord) {
    const columns = {
      id: new Uint32Array(perRecord),
      kind: new Uint8Array(perRecord),
      outcome: new Uint8Array(perRecord),
      name: new Uint32Array(perRecord),
      start: new Float64Array(perRecord),
      duration: new Float64Array(perRecord),
      parent: new Uint32Array(perRecord),
      strings: Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? `GET /api/items/${i}` : `load item ${i}`)),
      details: [] as [number, object][],
    }
    for (let row = 0; row < perRecord; row++) {
      const i = first + row
      columns.id[row] = i + 1
      columns.kind[row] = i % 10 === 0 ? 1 : 0
      columns.outcome[row] = i % 50 === 0 ? 2 : 1
      columns.name[row] = i % 200
      columns.start[row] = i / 10
      columns.duration[row] = ((i * 7919) % 30_000) / 10
      if (i % 10 === 0) {
        const url = `https://shop.example/api/items/${i % 200}?page=${i % 1000}`
        columns.details.push([
          row,
          { http: { method: 'GET', url, status: i % 50 === 0 ? 500 : 200, transferSize: 1_234 } },
        ])
      } else if (i % 20 === 1) columns.details.push([row, { metadata: { cart: i % 9, items: ['book', 'pen'] } }])
    }
    const time = first / 10
    const memory = [
      { time, usedJSHeapSize: 2e7 + first, totalJSHeapSize: 4e7, jsHeapSizeLimit: 4e9, source: 'performance.memory' },
    ]
    const batch = { operations: [{ source: 1, columns }], memory, snapshots: [], losses: [] }
    bytes += perRecord * 45
    const transaction = db.transaction('log', 'readwrite')
    transaction.objectStore('log').add({ session: id, n: bytes, entry: { type: 'batch', document, batch } })
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  }
  const transaction = db.transaction('sessions', 'readwrite')
  const sessions = transaction.objectStore('sessions')
  const info = { id, tabId: 0, createdAt: timeOrigin, recording: true, preserveLog: true }
  const contents = { url: document.url, title: document.title, appendedAt: Date.now(), operations, bytes }
  const asking = sessions.get(id)
  asking.onsuccess = () => sessions.put({ ...info, ...asking.result, ...contents })
  await new Promise(resolve => {
    transaction.oncomplete = resolve
  })
  db.close()
}

/** Milliseconds that one `JSON.stringify` of the same operations takes, as the objects that an export lists. */
export function timeStringify(operations: number): number {
  const timeOrigin = 1_790_000_000_000
  const rows: object[] = []
  for (let i = 0; i < operations; i++) {
    const startTime = timeOrigin + i / 10
    const duration = ((i * 7919) % 30_000) / 10
    const failed = i % 50 === 0
    const request = i % 10 === 0
    const url = `https://shop.example/api/items/${i % 200}?page=${i % 1000}`
    rows.push({
      id: `1.1.${i + 1}`,
      operationName: request ? `GET /api/items/${i % 200}` : `load item ${i % 200}`,
      kind: request ? 'fetch' : 'custom',
      startTime,
      endTime: startTime + duration,
      duration,
      success: !failed,
      outcome: failed ? 'failed' : 'ok',
      ...(request ? { http: { method: 'GET', url, status: failed ? 500 : 200, transferSize: 1_234 } } : {}),
      ...(i % 20 === 1 ? { metadata: { cart: i % 9, items: ['book', 'pen'] } } : {}),
      documentId: 'D-bench',
      frameId: 0,
    })
  }
  const started = performance.now()
  const text = JSON.stringify({ operations: rows })
  const took = performance.now() - started
  if (text.length < operations) throw new Error('nothing was written')
  return took
}
