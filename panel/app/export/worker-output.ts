// Panel: an output in a worker, which writes a part of the file while the panel prepares the next one.
import type { Output, OutputOptions } from './output.ts'

/** One buffer is written while the other is filled. They are passed back and forth. */
const BUFFERS = 2
const FIRST_CAPACITY = 1 << 20

export type OutputRequest =
  | ({ type: 'open' } & OutputOptions)
  | { type: 'write'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'end' }

/** One for each request except `open`, in the same order. */
export type OutputAnswer =
  | { type: 'written'; buffer: ArrayBuffer }
  | { type: 'file'; file: Blob }
  | { type: 'failed'; problem: string }

/** The worker `output-worker.ts`, or a fake in tests. */
export interface OutputPort extends Pick<Worker, 'onmessage' | 'onerror' | 'terminate'> {
  postMessage(request: OutputRequest, transfer: ArrayBuffer[]): void
}

/** `write` regularly resolves in a new task, which gives the browser time for input and frames. */
export function openWorkerOutput(worker: OutputPort, options: OutputOptions): Output & { stop(): void } {
  const pending: ((answer: OutputAnswer) => void)[] = []
  let failed: OutputAnswer | undefined

  const ask = (request: OutputRequest, transfer: ArrayBuffer[] = []): Promise<OutputAnswer> =>
    new Promise(resolve => {
      if (failed) return resolve(failed)
      pending.push(resolve)
      worker.postMessage(request, transfer)
    })
  worker.onmessage = ({ data }: MessageEvent<OutputAnswer>) => pending.shift()?.(data)
  worker.onerror = ({ message }) => {
    failed = { type: 'failed', problem: message || 'the worker didn’t start' }
    for (const answer of pending.splice(0)) answer(failed)
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
  return new Error(answer?.type === 'failed' ? answer.problem : 'unexpected answer from the worker')
}
