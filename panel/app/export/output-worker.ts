// Worker of the panel: the entry. It writes one file, and answers each request when it is done.
import { type Output, openOutput } from './output.ts'
import type { OutputAnswer, OutputRequest } from './worker-output.ts'

let output: Promise<Output>
let previous = Promise.resolve()

async function answerTo(request: Exclude<OutputRequest, { type: 'open' }>): Promise<OutputAnswer> {
  if (request.type === 'end') return { type: 'file', file: await (await output).end() }
  await (await output).write(request.bytes)
  return { type: 'written', buffer: request.bytes.buffer }
}

addEventListener('message', ({ data }: MessageEvent<OutputRequest>) => {
  if (data.type === 'open') {
    output = openOutput(data)
    return
  }
  previous = previous
    .then(() => answerTo(data))
    .catch((cause: Error): OutputAnswer => ({ type: 'failed', problem: cause.message }))
    .then(answer => postMessage(answer, { transfer: answer.type === 'written' ? [answer.buffer] : [] }))
})
