// Panel: a session from a file. A worker reads and checks the file.

import type { ImportPart } from '../../../model/formats/session/import-part.ts'
import { stepsOfPart } from '../../../model/formats/session/take-part.ts'
import { createSessionReading, type OpenSession } from './open-session.ts'

let opened = 0

export function openFileSession(file: File): OpenSession {
  const reading = createSessionReading(Date.now())
  const worker = new Worker(new URL('../import/import-worker.ts', import.meta.url), { type: 'module' })
  const ask = (request: ImportRequest): void => worker.postMessage(request)

  const fail = (why: string): void => {
    worker.terminate()
    reading.fail(`${file.name} ${why}.`)
  }
  worker.onmessage = async ({ data }: MessageEvent<ImportAnswer>) => {
    if (data.type === 'failed') fail(data.problem)
    else if (data.type === 'done') {
      worker.terminate()
      reading.end('ready')
    } else {
      const { part, share } = data
      if (part.type === 'createdAt') reading.startAnew(part.time)
      else await reading.grow(session => stepsOfPart(session, part))
      reading.reach(share)
      ask({ type: 'next' })
    }
  }
  worker.onerror = event => fail(`couldn't be read: ${event.message || 'its worker failed'}`)
  ask({ type: 'open', file })

  return {
    key: `file ${++opened}`,
    name: file.name,
    ...reading.parts,
    catchUp: async () => undefined,
    stop() {
      worker.terminate()
      reading.stop()
    },
  }
}

/** Panel → worker: the file, then `next` after each part has been added to the session. */
export type ImportRequest = { type: 'open'; file: File } | { type: 'next' }

/** Worker → panel. `share` of the file has been read, 0 to 1. */
export type ImportAnswer =
  | { type: 'part'; part: ImportPart; share: number }
  | { type: 'done' }
  | { type: 'failed'; problem: string }
