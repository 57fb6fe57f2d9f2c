import { signal } from '@preact/signals'
import { afterEach, expect, test, vi } from 'vitest'
import { PERF_FORMAT } from '../../../../../model/formats/formats.ts'
import { type FilePart, sessionBytes } from '../../../../../model/formats/session/session-bytes.ts'
import { createSessionSource } from '../../../../../model/formats/session/session-source.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import { createExporter, fileNameOf, toFile } from '../../../../../panel/app/export/exporter.ts'
import { openOutput } from '../../../../../panel/app/export/output.ts'
import type { OutputAnswer, OutputRequest } from '../../../../../panel/app/export/worker-output.ts'
import type { SessionStore } from '../../../../../panel/app/stores/session-store.ts'
import type { SessionFile } from '../../../../../session/format.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { turn } from '../../../../support/turn.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../../../model/operation-rows.ts'

const generator = { name: 'Perf', version: '1.2.3' }
const sizes = { usedJSHeapSize: 10, totalJSHeapSize: 20, jsHeapSizeLimit: 30 }

async function fileOf(session: SessionModel, options = { gzip: false }): Promise<Blob> {
  const parts = sessionBytes(createSessionSource(session, generator), session)
  return toFile(parts, await openOutput(options), { signal: new AbortController().signal, onWritten() {} })
}

async function exported(session: SessionModel): Promise<SessionFile> {
  return JSON.parse(await (await fileOf(session)).text()) as SessionFile
}

function sessionOf(rows: TestRow[], change: Parameters<typeof documentOf>[0] = {}): SessionModel {
  const session = new SessionModel(TIME_ORIGIN)
  const document = documentOf({ documentId: 'D1', ...change })
  session.apply({ type: 'document', document })
  const memory = document.memoryAvailable ? [{ time: 5, ...sizes, source: 'performance.memory' as const }] : []
  const snapshots = [{ label: 'start', time: 6, ...(document.memoryAvailable ? { usedBytes: 11 } : {}) }]
  const operations = [{ source: 1, columns: columnsOf(rows) }]
  session.apply({ type: 'batch', document, batch: { operations, memory, snapshots, losses: [] } })
  return session
}

const http = {
  method: 'GET',
  url: 'https://shop.example/api',
  status: 500,
  endSource: 'resource-timing' as const,
  match: 'exact' as const,
}
const ROWS: TestRow[] = [
  { id: 2, name: 'late', outcome: 'ok', start: 30, duration: 5, parent: 1, detail: { metadata: { cart: 3 } } },
  { id: 1, name: 'early', kind: 'fetch', outcome: 'failed', start: 10, duration: 100, detail: { http } },
  { id: 3, name: 'never', outcome: 'pending', start: 40 },
]

test('writes a valid session with its operations sorted by start', async () => {
  const session = sessionOf(ROWS, { url: 'https://shop.example/cart?token=abc' })
  const longTasks = [{ start: 20, duration: 75 }]
  const batch = { operations: [], memory: [], snapshots: [], longTasks, losses: [] }
  session.apply({ type: 'batch', document: documentOf({ documentId: 'D1' }), batch })
  session.apply({ type: 'recording', on: false, time: TIME_ORIGIN + 200 })
  const file = await exported(session)
  expect(schemaErrors(file)).toEqual([])
  expect(file.operations).toEqual([
    {
      id: '1.1.1',
      operationName: 'early',
      kind: 'fetch',
      startTime: TIME_ORIGIN + 10,
      endTime: TIME_ORIGIN + 110,
      duration: 100,
      success: false,
      outcome: 'failed',
      http,
      documentId: 'D1',
      frameId: 0,
    },
    expect.objectContaining({ id: '1.1.2', parentId: '1.1.1', metadata: { cart: 3 }, success: true }),
    expect.not.objectContaining({ duration: expect.anything() as number }),
  ])
  expect(file.metrics).toMatchObject({
    totalOperations: 3,
    successfulOperations: 1,
    failedOperations: 1,
    cancelledOperations: 0,
    pendingOperations: 1,
    maxDuration: 100,
  })
  expect(file.memory).toEqual([{ time: TIME_ORIGIN + 5, ...sizes, source: 'performance.memory', documentId: 'D1' }])
  expect(file.marks).toMatchObject([
    { type: 'navigation', time: TIME_ORIGIN },
    { type: 'long-task', time: TIME_ORIGIN + 20, duration: 75, documentId: 'D1' },
  ])
  expect(file.gaps).toEqual([{ startTime: TIME_ORIGIN + 200, reason: 'paused' }])
  expect(file.generator).toEqual(generator)
  expect(file.createdAt).toBe(new Date(TIME_ORIGIN).toISOString())
})

test('removes secrets from URLs', async () => {
  const file = await exported(sessionOf(ROWS, { url: 'https://me:pw@shop.example/cart?token=abc' }))
  expect(JSON.stringify(file)).not.toMatch(/pw@|abc/)
})

test('says that memory is not available, without sizes', async () => {
  const file = await exported(sessionOf([], { memoryAvailable: false }))
  expect(schemaErrors(file)).toEqual([])
  expect(file.availability).toEqual({ memory: 'not available' })
  expect(file.memory).toEqual([])
  expect(file.snapshots).toEqual([{ label: 'start', time: TIME_ORIGIN + 6, documentId: 'D1' }])
})

test('writes a valid file for an empty session', async () => {
  expect(schemaErrors(await exported(new SessionModel(TIME_ORIGIN)))).toEqual([])
})

const many = (count: number): TestRow[] =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, name: `n${i % 7}`, outcome: 'ok', start: i, duration: 1 }))

test('writes the same file compressed', async () => {
  const session = sessionOf(many(50_000))
  const compressed = await fileOf(session, { gzip: true })
  const plain = await fileOf(session)
  expect(compressed.size).toBeLessThan(plain.size / 10)
  const text = await new Response(compressed.stream().pipeThrough(new DecompressionStream('gzip'))).text()
  expect(text).toBe(await plain.text())
})

afterEach(() => {
  vi.unstubAllGlobals()
})

/** It can write nothing. */
class FullWorker {
  onmessage: (event: { data: OutputAnswer }) => void = () => undefined
  postMessage({ type }: OutputRequest): void {
    if (type !== 'open')
      void turn().then(() => this.onmessage({ data: { type: 'failed', problem: 'the disk is full' } }))
  }
  terminate(): void {}
}

test.each([true, false])(
  'holds the session when all that is stored was read; cancelled before: %s',
  async cancelled => {
    vi.stubGlobal('Worker', FullWorker)
    const release = vi.fn()
    const hold = vi.fn(() => release)
    let resolve = (): void => undefined
    const caughtUp = new Promise<void>(done => {
      resolve = done
    })
    const store = { session: signal(sessionOf(ROWS)), catchUp: () => caughtUp, hold }
    const exporter = createExporter(store as unknown as SessionStore, generator)
    const exporting = exporter.start(PERF_FORMAT, { gzip: false })
    await turn(3)
    expect([hold.mock.calls.length, exporter.progress.value]).toEqual([0, 0])
    if (cancelled) exporter.cancel()
    else resolve()
    await exporting
    expect([hold.mock.calls.length, release.mock.calls.length]).toEqual(cancelled ? [0, 0] : [1, 1])
    expect([exporter.progress.value, exporter.problem.value]).toEqual([
      null,
      cancelled ? null : expect.stringContaining('the disk is full'),
    ])
  },
)

test('reports progress, and stops when it is cancelled', async () => {
  const session = sessionOf(many(20_000))
  /** Never ends, so the export runs until it is cancelled. */
  function* endless(): Generator<FilePart, void> {
    for (;;) yield* sessionBytes(createSessionSource(session, generator), session)
  }
  const abort = new AbortController()
  const written: number[] = []
  const onWritten = (operations: number): void => {
    written.push(operations)
    if (written.length === 3) abort.abort()
  }
  const output = await openOutput({ gzip: false })
  await expect(toFile(endless(), output, { signal: abort.signal, onWritten })).rejects.toThrow(/abort/i)
  expect(written).toHaveLength(3)
  expect(written).toEqual([...written].sort((a, b) => a - b))
})

test('uses no characters in file names that file systems reject', () => {
  expect(fileNameOf(new Date(2026, 10, 23, 14, 5, 9), PERF_FORMAT)).toBe('perf-session-2026-11-23T14-05-09.json')
})
