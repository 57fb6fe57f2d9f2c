// Panel: what the Export button does.
import type { SessionStore } from '../state/session-store.ts'
import { download, fileNameOf, toFile } from './export-session.ts'
import { createSessionSource } from './session-source.ts'

/** The session stands still while it is written, so that the file's figures are those of its rows. */
export function createExporter(store: SessionStore, generator: { name: string; version: string }) {
  return async (): Promise<void> => {
    const release = store.hold()
    try {
      const file = await toFile(createSessionSource(store.session.peek(), generator))
      download(file, fileNameOf(new Date()))
    } finally {
      release()
    }
  }
}
