// Panel: a session from a file, which a worker reads and checks.
import { signal } from '@preact/signals'
import type { ImportAnswer, ImportRequest } from '../import/import-part.ts'
import { stepsOfPart } from '../import/take-part.ts'
import { createGrowingSession } from './growing-session.ts'
import type { Connection, OpenSession } from './open-session.ts'

let opened = 0

export function openFileSession(file: File): OpenSession {
  const connection = signal<Connection>('loading')
  const progress = signal<number | null>(0)
  const problem = signal<string | null>(null)
  const growing = createGrowingSession(Date.now())
  const worker = new Worker(new URL('../import/import-worker.ts', import.meta.url), { type: 'module' })
  const ask = (request: ImportRequest): void => worker.postMessage(request)

  const end = (reached: Connection): void => {
    worker.terminate()
    connection.value = reached
    progress.value = null
  }
  const fail = (why: string): void => {
    problem.value = `${file.name}: ${why}.`
    growing.startAnew(Date.now())
    end('failed')
  }
  worker.onmessage = async ({ data }: MessageEvent<ImportAnswer>) => {
    if (data.type === 'done') end('ready')
    else if (data.type === 'failed') fail(data.problem)
    else {
      const { part, share } = data
      if (part.type === 'createdAt') growing.startAnew(part.time, { imported: true })
      else await growing.grow(session => stepsOfPart(session, part))
      progress.value = Math.min(1, share)
      ask({ type: 'next' })
    }
  }
  worker.onerror = event => fail(event.message || 'it could not be read')
  ask({ type: 'open', file })

  return {
    key: `file ${++opened}`,
    name: file.name,
    connection,
    progress,
    problem,
    session: growing.session,
    version: growing.version,
    hold: growing.hold,
    stop() {
      worker.terminate()
      growing.stop()
    },
  }
}
