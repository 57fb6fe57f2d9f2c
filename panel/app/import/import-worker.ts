// Worker of the panel: the entry. It reads one session file, and sends each part when the panel has taken the previous.

import { readFile } from '../../../model/formats/read-file.ts'
import { ImportError } from '../../../model/formats/session/import-error.ts'
import type { ImportPart } from '../../../model/formats/session/import-part.ts'
import type { ImportAnswer, ImportRequest } from '../stores/file-session.ts'

let takeNext = (): void => {}

const answer = (message: ImportAnswer): void => postMessage(message)

async function open(file: File): Promise<void> {
  const send = async (part: ImportPart, share: number): Promise<void> => {
    const taken = new Promise<void>(resolve => {
      takeNext = resolve
    })
    answer({ type: 'part', part, share })
    await taken
  }
  try {
    await readFile(file, send)
    answer({ type: 'done' })
  } catch (cause) {
    const { message } = cause as Error
    answer({ type: 'failed', problem: cause instanceof ImportError ? message : `couldn't be read: ${message}` })
  }
}

addEventListener('message', ({ data }: MessageEvent<ImportRequest>) => {
  if (data.type === 'open') void open(data.file)
  else takeNext()
})
