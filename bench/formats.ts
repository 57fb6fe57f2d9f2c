// Node: what it costs to write a million operations in each format, beside `JSON.stringify` of them.
// npm run bench:formats [-- --operations N]
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { FORMATS } from '../model/formats/formats.ts'
import { operationRow } from '../model/formats/session/session-source.ts'
import type { Row } from '../model/numbers.ts'
import { markdownTable } from './harness/markdown-table.ts'
import { type Verdict, verdictTable } from './harness/verdict.ts'
import { largeSession } from './insights/million.ts'

const GENERATOR = { name: 'bench', version: '0' }
const MB = 1_000_000
/** What is promised: MB of heap above what the session needs, and milliseconds of a task. */
const [MAX_HEAP_MB, MAX_TASK_MS] = [50, 50]
/** Parts between two collections of garbage: a collection takes longer than many parts. */
const PARTS_PER_COLLECTION = 200

const { values } = parseArgs({ options: { operations: { type: 'string', default: '1000000' } } })
const operations = Number(values.operations)
const collect = globalThis.gc
if (!collect) throw new Error('Run it by npm run bench:formats, which exposes the collector.')

const session = largeSession(operations)
const heapMB = (): number => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / MB
}

/**
 * Milliseconds of work of this thread alone: a busy machine makes the clock's time longer, and the process has threads of its own for
 * collecting garbage. https://docs.kernel.org/scheduler/sched-stats.html
 */
const THREAD = `/proc/self/task/${process.pid}/schedstat`
const cpuMs = existsSync(THREAD)
  ? () => Number.parseInt(readFileSync(THREAD, 'utf8'), 10) / 1e6
  : () => process.cpuUsage().user / 1_000

function measure(write: () => Iterable<{ bytes: Uint8Array }>) {
  const before = heapMB()
  let [bytes, parts, longest, total, most] = [0, 0, 0, 0, before]
  let last = cpuMs()
  for (const part of write()) {
    const took = cpuMs() - last
    total += took
    longest = Math.max(longest, took)
    bytes += part.bytes.length
    if (++parts % PARTS_PER_COLLECTION === 0) most = Math.max(most, heapMB())
    last = cpuMs()
  }
  return { bytes, total, longest, heap: Math.max(most, heapMB()) - before }
}

function* stringified(): Generator<{ bytes: Uint8Array }> {
  const rows = Array.from({ length: session.operations.length }, (_, row) => operationRow(session, row as Row))
  yield { bytes: new TextEncoder().encode(JSON.stringify(rows)) }
}

const rows: string[][] = []
const verdicts: Verdict[] = []
const report = (name: string, { bytes, total, longest, heap }: ReturnType<typeof measure>): void => {
  const figures = [bytes / MB, total, longest, heap].map(value => value.toFixed(value < 10 ? 1 : 0))
  rows.push([name, ...figures])
  console.error(`${name}: ${figures.join(' ')}`)
}
for (const { id, write } of FORMATS) {
  const figures = measure(() => write(session, GENERATOR))
  report(id, figures)
  const { heap, longest } = figures
  const promise = `${id} of ${operations} operations`
  verdicts.push(
    { promise, measured: `${heap.toFixed(1)} MB`, target: `${MAX_HEAP_MB} MB of heap`, met: heap <= MAX_HEAP_MB },
    { promise, measured: `${longest.toFixed(1)} ms`, target: `${MAX_TASK_MS} ms a task`, met: longest <= MAX_TASK_MS },
  )
}
report('JSON.stringify', measure(stringified))
console.log(markdownTable(['format', 'MB', 'ms', 'longest task, ms', 'heap, MB'], rows))
console.log(`\n${verdictTable(verdicts)}`)
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1
