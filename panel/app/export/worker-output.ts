// Panel: an output in a worker, which writes what it was given while the next is made. Touches no DOM.
import type { Output } from './output.ts'

/** Buffers that go back and forth: one is written while another is filled. */
const BUFFERS = 2
const FIRST_CAPACITY = 1 << 20

export type OutputRequest =
  | { type: 'open'; gzip: boolean }
  | { type: 'write'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'end' }

/** Each request but `open` has one, in their order. */
export type OutputAnswer =
  | { type: 'written'; buffer: ArrayBuffer }
  | { type: 'file'; file: Blob }
  | { type: 'failed'; problem: string }

/** The worker that is `output-worker.ts`, or what stands in for it. */
export interface OutputPort extends Pick<Worker, 'onmessage' | 'onerror' | 'terminate'> {
  postMessage(request: OutputRequest, transfer: ArrayBuffer[]): void
}

/** Its `write` resolves in a task of its own, again and again: so the browser gets to do what waits. */
export function openWorkerOutput(worker: OutputPort, options: { gzip: boolean }): Output & { stop(): void } {
  const asked: ((answer: OutputAnswer) => void)[] = []
  let broken: OutputAnswer | undefined

  const ask = (request: OutputRequest, transfer: ArrayBuffer[] = []): Promise<OutputAnswer> =>
    new Promise(resolve => {
      if (broken) return resolve(broken)
      asked.push(resolve)
      worker.postMessage(request, transfer)
    })
  worker.onmessage = ({ data }: MessageEvent<OutputAnswer>) => asked.shift()?.(data)
  worker.onerror = ({ message }) => {
    broken = { type: 'failed', problem: message || 'its worker could not be started' }
    for (const answer of asked.splice(0)) answer(broken)
  }
  worker.postMessage({ type: 'open', ...options }, [])

  const spare = Array.from(
    { length: BUFFERS },
    async (): Promise<OutputAnswer> => ({ type: 'written', buffer: new ArrayBuffer(FIRST_CAPACITY) }),
  )
  const nextSpare = async (): Promise<ArrayBuffer> => {
    const answer = await spare.shift()
    if (answer?.type !== 'written') throw failure(answer)
    return answer.buffer
  }

  return {
    async write(bytes) {
      const returned = await nextSpare()
      const buffer = returned.byteLength < bytes.length ? new ArrayBuffer(bytes.length) : returned
      const copy = new Uint8Array(buffer, 0, bytes.length)
      copy.set(bytes)
      spare.push(ask({ type: 'write', bytes: copy }, [buffer]))
    },
    async end() {
      const ended = ask({ type: 'end' })
      while (spare.length > 0) await nextSpare()
      const answer = await ended
      if (answer.type !== 'file') throw failure(answer)
      return answer.file
    },
    stop: () => worker.terminate(),
  }
}

function failure(answer: OutputAnswer | undefined): Error {
  return new Error(answer?.type === 'failed' ? answer.problem : 'its worker gave another answer than was asked for')
}
