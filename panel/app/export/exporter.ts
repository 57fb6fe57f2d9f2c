// Panel: what the Export button does.
import { type ReadonlySignal, signal } from '@preact/signals'
import { sessionBytes } from '../../../model/formats/session/session-bytes.ts'
import { createSessionSource } from '../../../model/formats/session/session-source.ts'
import type { SessionStore } from '../stores/session-store.ts'
import { download, fileNameOf, toFile } from './export-session.ts'
import { openWorkerOutput } from './worker-output.ts'

export interface Exporter {
  /** The share that has been written, 0 to 1; null while nothing is exported. */
  progress: ReadonlySignal<number | null>
  /** Why the last export failed. */
  problem: ReadonlySignal<string | null>
  /** Writes the session that is shown to a file, and downloads it. */
  start(options: { gzip: boolean }): Promise<void>
  cancel(): void
}

/** The session stands still while it is written, so that the file's figures are those of its rows. */
export function createExporter(store: SessionStore, generator: { name: string; version: string }): Exporter {
  const progress = signal<number | null>(null)
  const problem = signal<string | null>(null)
  let abort = new AbortController()

  return {
    progress,
    problem,
    cancel: () => abort.abort(),
    async start({ gzip }) {
      if (progress.peek() !== null) return
      abort = new AbortController()
      const { signal } = abort
      progress.value = 0
      problem.value = null
      const release = store.hold()
      const worker = new Worker(new URL('./output-worker.ts', import.meta.url), { type: 'module' })
      const output = openWorkerOutput(worker, { gzip })
      try {
        const session = store.session.peek()
        const total = Math.max(1, session.operations.length)
        const onWritten = (operations: number): void => {
          progress.value = operations / total
        }
        const parts = sessionBytes(createSessionSource(session, generator), session)
        const file = await toFile(parts, output, { signal, onWritten })
        download(file, `${fileNameOf(new Date())}${gzip ? '.gz' : ''}`)
      } catch (cause) {
        if (!signal.aborted) problem.value = `The export failed: ${(cause as Error).message}`
      } finally {
        output.stop()
        release()
        progress.value = null
      }
    },
  }
}
