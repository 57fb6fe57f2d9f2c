import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openOutput } from '../../../../../panel/app/export/output.ts'
import { type OutputAnswer, type OutputPort, openWorkerOutput } from '../../../../../panel/app/export/worker-output.ts'
import type { ExportFile } from '../../../../../storage/export-files.ts'

const pieces = fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 20 })
const joined = (all: readonly Uint8Array[]): number[] => all.flatMap(each => [...each])
const bytesOf = async (blob: Blob): Promise<number[]> => [...new Uint8Array(await blob.arrayBuffer())]

/** A file with a quota of this many bytes. */
function fileWithQuota(quota: number): ExportFile {
  const written: number[] = []
  return {
    write(bytes) {
      const fits = bytes.subarray(0, quota - written.length)
      written.push(...fits)
      return fits.length
    },
    finish: async () => new File([Uint8Array.from(written)], 'stored'),
  }
}

test('keeps bytes that exceed the quota of the file, compressed or not', async () => {
  const property = fc.asyncProperty(pieces, fc.nat(20_000), fc.boolean(), async (all, quota, gzip) => {
    const output = await openOutput({ gzip }, async () => fileWithQuota(quota))
    for (const piece of all) await output.write(piece as Uint8Array<ArrayBuffer>)
    const file = await output.end()
    expect(file.type).toBe(gzip ? 'application/gzip' : 'application/json')
    const plain = gzip ? await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob() : file
    expect(await bytesOf(plain)).toEqual(joined(all))
  })
  await fc.assert(property, { numRuns: 50 })
})

/** Answers like the worker: each answer in its own task, with cloned and transferred data. */
function portTo(write: (bytes: Uint8Array) => void): OutputPort {
  const port: OutputPort = {
    onmessage: null,
    onerror: null,
    terminate() {},
    postMessage(sent, transfer) {
      const request = structuredClone(sent, { transfer })
      if (request.type !== 'open')
        setTimeout(() => port.onmessage?.call(worker, { data: answerTo(request) } as MessageEvent))
    },
  }
  const worker = port as Worker
  const answerTo = (request: Exclude<Parameters<OutputPort['postMessage']>[0], { type: 'open' }>): OutputAnswer => {
    try {
      if (request.type === 'end') return { type: 'file', file: new Blob(['whole']) }
      write(request.bytes)
      return { type: 'written', buffer: request.bytes.buffer }
    } catch (cause) {
      return { type: 'failed', problem: (cause as Error).message }
    }
  }
  return port
}

test('sends all bytes in order, even if the array is reused', async () => {
  const property = fc.asyncProperty(fc.array(fc.nat(3_000_000), { maxLength: 6 }), async lengths => {
    const got: [length: number, first: number | undefined, last: number | undefined][] = []
    const output = openWorkerOutput(
      portTo(bytes => got.push([bytes.length, bytes[0], bytes.at(-1)])),
      { gzip: false },
    )
    const bytes = new Uint8Array(3_000_000)
    for (const [i, length] of lengths.entries()) await output.write(bytes.subarray(0, length).fill(i))
    expect(await (await output.end()).text()).toBe('whole')
    expect(got).toEqual(lengths.map((length, i) => [length, ...(length === 0 ? [undefined, undefined] : [i, i])]))
  })
  await fc.assert(property, { numRuns: 20 })
})

test('reports why the worker failed, even if no request is pending', async () => {
  const failing = () =>
    openWorkerOutput(
      portTo(() => {
        throw new Error('the disk is on fire')
      }),
      { gzip: false },
    )
  const writing = failing()
  const writeAll = async (): Promise<void> => {
    for (;;) await writing.write(new Uint8Array(1))
  }
  await expect(writeAll()).rejects.toThrow('the disk is on fire')
  const ending = failing()
  await ending.write(new Uint8Array(1))
  await expect(ending.end()).rejects.toThrow('the disk is on fire')

  const port = portTo(() => {})
  const broken = openWorkerOutput(port, { gzip: false })
  port.onerror?.call(port as Worker, { message: '' } as ErrorEvent)
  await expect(broken.end()).rejects.toThrow('the worker didn’t start')
})
