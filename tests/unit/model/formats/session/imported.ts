// Test: sessions written and read again, without a browser.

import { readFile } from '../../../../../model/formats/read-file.ts'
import type { ImportPart } from '../../../../../model/formats/session/import-part.ts'
import { sessionBytes } from '../../../../../model/formats/session/session-bytes.ts'
import { createSessionSource } from '../../../../../model/formats/session/session-source.ts'
import { stepsOfPart } from '../../../../../model/formats/session/take-part.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import { toFile } from '../../../../../panel/app/export/exporter.ts'
import { openOutput } from '../../../../../panel/app/export/output.ts'
import type { SessionFile } from '../../../../../session/format.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../../operation-rows.ts'

export async function exported(session: SessionModel, options = { gzip: false }): Promise<Blob> {
  const parts = sessionBytes(createSessionSource(session, { name: 'Perf', version: '1' }), session)
  return toFile(parts, await openOutput(options), { signal: new AbortController().signal, onWritten() {} })
}

export const parsed = async (file: Blob): Promise<SessionFile> => JSON.parse(await file.text()) as SessionFile

/** As the panel takes it in: each part as the worker would send it. */
export async function imported(file: Blob): Promise<SessionModel> {
  let session: SessionModel | undefined
  await readFile(file, async part => {
    const received = structuredClone<ImportPart>(part)
    if (received.type === 'createdAt') session = new SessionModel(received.time)
    else if (session) for (const _ of stepsOfPart(session, received));
  })
  if (!session) throw new Error('no part came')
  return session
}

/** What is wrong with a file. */
export async function problemOf(file: Blob | string): Promise<string> {
  const blob = typeof file === 'string' ? new Blob([file]) : file
  try {
    await imported(blob)
  } catch (cause) {
    return `${(cause as Error).name}: ${(cause as Error).message}`
  }
  return 'none'
}

const http = { method: 'GET', url: 'https://shop.example/api', status: 500 }
const FAILED_URL = 'https://shop.example/reset'
const ROWS: TestRow[] = [
  { id: 2, name: 'late', outcome: 'ok', start: 30, duration: 5.1, parent: 1, detail: { metadata: { cart: 3 } } },
  { id: 1, name: 'GET /api', kind: 'fetch', outcome: 'failed', start: 10, duration: 100, detail: { http } },
  { id: 3, name: '<img src=x onerror=alert(1)>', outcome: 'pending', start: 40 },
  {
    id: 4,
    name: 'GET /reset',
    kind: 'fetch',
    outcome: 'pending',
    start: 50,
    detail: { http: { method: 'GET', url: FAILED_URL } },
  },
  {
    id: 5,
    name: 'WS /live',
    kind: 'websocket',
    outcome: 'pending',
    start: 55,
    detail: {
      connection: { url: 'wss://shop.example/live', messagesIn: 3, bytesIn: 40, messagesOut: 1, bytesOut: 7 },
    },
  },
]

/** A session with something of everything; `rows` beside its own. */
export function richSession(rows: TestRow[] = []): SessionModel {
  const session = new SessionModel(TIME_ORIGIN)
  const top = documentOf({ documentId: 'D1' })
  const frame = documentOf({ documentId: 'D2', stream: 'stream-2', frameId: 7, url: 'https://ads.example/?token=x' })
  const sizes = { usedJSHeapSize: 10, totalJSHeapSize: 20, jsHeapSizeLimit: 30, source: 'performance.memory' as const }
  for (const document of [top, frame]) session.apply({ type: 'document', document })
  for (const document of [top, frame]) {
    session.apply({
      type: 'batch',
      document,
      batch: {
        operations: [{ source: 1, columns: columnsOf([...ROWS, ...rows]) }],
        memory: [5, 25].map(time => ({ time, ...sizes })),
        snapshots: [
          { label: 'start', time: 6, usedBytes: 11 },
          { label: '__proto__', time: 7 },
        ],
        losses: [{ reason: 'backpressure', count: 3 }],
        longTasks: [{ start: 15, duration: 60 }],
        longTasksDropped: 2,
        overheadMs: 0.25,
      },
    })
  }
  const image = { method: 'GET', url: 'https://shop.example/logo.png', status: 200, type: 'image', duration: 3 }
  const failed = {
    method: 'GET',
    url: FAILED_URL,
    status: 0,
    type: 'fetch',
    duration: 9,
    error: 'net::ERR_EMPTY_RESPONSE',
  }
  const requests = [
    { ...image, startTime: TIME_ORIGIN + 12, phases: { wait: 2 } },
    { ...failed, startTime: TIME_ORIGIN + 50, phases: {} },
  ]
  // Two calls could own the failed request: it is known only after a while that no more will be said of it.
  const look = { time: TIME_ORIGIN + 11_000, unanswered: [`GET ${FAILED_URL}`] }
  session.apply({ type: 'network', requests, look })
  const settled = { label: 'Settled', time: 40, usedBytes: 9, settled: true } as const
  session.apply({ type: 'settled', document: top, snapshot: settled })
  session.apply({ type: 'settled', document: top, snapshot: { ...settled, time: 45, round: 3, idle: true } })
  session.apply({ type: 'recording', on: false, time: TIME_ORIGIN + 200 })
  return session
}
