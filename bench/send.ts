// Node: how fast a million operations are sent to a collector, and in how much memory.
// npm run bench:send [-- --operations N]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Signal } from '../model/formats/otlp/otlp-http.ts'
import { writeOtlpMetricsProtobuf } from '../model/formats/otlp/otlp-metrics-writer.ts'
import { writeOtlpProtobuf } from '../model/formats/otlp/otlp-spans-writer.ts'
import { sendOtlp } from '../node/otlp-client.ts'
import { markdownTable } from './harness/markdown-table.ts'
import { type Verdict, verdictTable } from './harness/verdict.ts'
import { largeSession } from './insights/million.ts'

const GENERATOR = { name: 'bench', version: '0' }
const MB = 1_000_000
/** What is promised: MB of memory above what the session needs. */
const MAX_HEAP_MB = 50
/** Messages between two collections of garbage. */
const MESSAGES_PER_COLLECTION = 200

const { values } = parseArgs({ options: { operations: { type: 'string', default: '1000000' } } })
const operations = Number(values.operations)
const collect = globalThis.gc
if (!collect) throw new Error('Run it by npm run bench:send, which exposes the collector.')

const memoryMB = (): number => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / MB
}

const session = largeSession(operations)
const sink = fork(new URL('send/sink.ts', import.meta.url).pathname)
const [endpoint] = (await once(sink, 'message')) as [string]

async function measure(signal: Signal, parts: Iterable<{ bytes: Uint8Array<ArrayBuffer> }>) {
  const before = memoryMB()
  let [bytes, messages, most] = [0, 0, before]
  let collecting = 0
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  for (const part of parts) {
    if (part.bytes.length === 0) continue
    bytes += part.bytes.length
    await sendOtlp(signal, part.bytes, { endpoint, headers: {}, retryTime: 60_000 })
    if (++messages % MESSAGES_PER_COLLECTION !== 0) continue
    const paused = performance.now()
    most = Math.max(most, memoryMB())
    collecting += performance.now() - paused
  }
  const seconds = (performance.now() - begun - collecting) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  return { bytes, messages, seconds, cpuSeconds: (user + system) / 1e6, memory: Math.max(most, memoryMB()) - before }
}

const verdicts: Verdict[] = []
const rows: string[][] = []
for (const [signal, parts] of [
  ['traces', writeOtlpProtobuf(session, GENERATOR)],
  ['metrics', writeOtlpMetricsProtobuf(session, GENERATOR)],
] as const) {
  const { bytes, messages, seconds, cpuSeconds, memory } = await measure(signal, parts)
  const rate = (operations / seconds).toFixed(0)
  rows.push([
    signal,
    `${messages}`,
    (bytes / MB).toFixed(1),
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    rate,
    memory.toFixed(1),
  ])
  verdicts.push({
    promise: `${signal} of ${operations} operations`,
    measured: `${memory.toFixed(1)} MB`,
    target: `${MAX_HEAP_MB} MB of memory`,
    met: memory <= MAX_HEAP_MB,
  })
}
sink.kill()
console.log(
  markdownTable(['signal', 'messages', 'MB', 'seconds', 'seconds of CPU', 'operations a second', 'memory, MB'], rows),
)
console.log(`\n${verdictTable(verdicts)}`)
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1
