// Panel: exports the session that is shown as a file, which the browser downloads.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { ExportFormat } from '../../../model/formats/formats.ts'
import type { FilePart } from '../../../model/formats/session/session-bytes.ts'
import { inSlices } from '../../kit/sliced-result.ts'
import type { SessionStore } from '../stores/session-store.ts'
import { download } from './download.ts'
import type { Output } from './output.ts'
import { openWorkerOutput } from './worker-output.ts'

/** Milliseconds between two updates of the progress: each costs a frame. */
const PROGRESS_INTERVAL = 100

export interface Exporter {
  /** The share that has been written, 0 to 1; null while nothing is exported. */
  progress: ReadonlySignal<number | null>
  /** Why the last export failed. */
  problem: ReadonlySignal<string | null>
  start(format: ExportFormat, options: { gzip: boolean }): Promise<void>
  cancel(): void
}

/**
 * What is stored by now is in the file, however far behind the panel is. The session is held while it is written, so that the
 * statistics in the file match its rows.
 */
export function createExporter(store: SessionStore, generator: { name: string; version: string }): Exporter {
  const progress = signal<number | null>(null)
  const problem = signal<string | null>(null)
  let abort = new AbortController()

  return {
    progress,
    problem,
    cancel: () => abort.abort(),
    async start(format, { gzip }) {
      if (progress.peek() !== null) return
      abort = new AbortController()
      const { signal } = abort
      progress.value = 0
      problem.value = null
      let release = (): void => {}
      const worker = new Worker(new URL('./output-worker.ts', import.meta.url), { type: 'module' })
      const output = openWorkerOutput(worker, { gzip, mediaType: format.mediaType })
      try {
        await Promise.race([store.catchUp(), aborted(signal)])
        signal.throwIfAborted()
        release = store.hold()
        const session = store.session.peek()
        await inSlices(session.decide(), () => undefined)
        signal.throwIfAborted()
        const total = Math.max(1, session.operations.order.length)
        const onWritten = (operations: number): void => {
          progress.value = operations / total
        }
        const file = await toFile(format.write(session, generator), output, { signal, onWritten })
        download(file, `${fileNameOf(new Date(), format)}${gzip ? '.gz' : ''}`)
      } catch (cause) {
        if (!signal.aborted) problem.value = `Couldn’t export the session: ${(cause as Error).message}`
      } finally {
        output.stop()
        release()
        progress.value = null
      }
    },
  }
}

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))

interface WriteOptions {
  /** Rejects when it is aborted. */
  signal: AbortSignal
  /** Called regularly with the number of operations that have been written. */
  onWritten(operations: number): void
}

/** The file is never in memory as a whole. */
export async function toFile(
  parts: Iterable<FilePart>,
  output: Output,
  { signal, onWritten }: WriteOptions,
): Promise<Blob> {
  let written = 0
  let reportedAt = performance.now()
  for (const { bytes, operations } of parts) {
    await output.write(bytes)
    signal.throwIfAborted()
    written += operations
    if (performance.now() - reportedAt < PROGRESS_INTERVAL) continue
    onWritten(written)
    reportedAt = performance.now()
  }
  const file = await output.end()
  signal.throwIfAborted()
  return file
}

/** `perf-session-2026-11-23T14-05-09.json`: local time, without the colons that file systems reject. */
export function fileNameOf(date: Date, { extension }: Pick<ExportFormat, 'extension'>): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return `perf-session-${local.toISOString().slice(0, 19).replaceAll(':', '-')}.${extension}`
}
