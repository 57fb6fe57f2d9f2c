// Node. What an export of a session of one size costs the panel, and whether its file is whole.
import type { ChromiumSession } from '../../scripts/chromium-session.ts'
import { spreadOf } from '../harness/spread.ts'
import { fillSession, timeStringify } from './bench-operations.ts'
import { checkFile, sampleByAjv } from './check-file.ts'
import { exportFile, openStored } from './drive-panel.ts'
import { type MeasuredPanel, measurePanel } from './measured-panel.ts'

/** One operation in so many is checked by ajv too. */
const EACH_AJV = 1_000

export type SizeFigures = Awaited<ReturnType<typeof measureSize>>

/** Fills a session, opens and exports it `rounds` times, and checks the last file. */
export async function measureSize(
  session: ChromiumSession,
  { operations, rounds }: { operations: number; rounds: number },
) {
  const page = session.inspectedPages()[0] ?? (await session.context.newPage())
  const devtools = await session.devtoolsFor(page)
  const watched: MeasuredPanel = await measurePanel(devtools.panel)
  const id = `bench-${operations}`
  await devtools.panel.evaluate(fillSession, { id, operations })
  const opening = await watched.watch(() => openStored(devtools.panel, `bench ${operations}`, operations))
  await exportFile(devtools)
  const exports = []
  for (let round = 0; round < rounds; round++) exports.push(await watched.watch(() => exportFile(devtools)))
  const last = exports.at(-1)?.result
  if (!last) throw new Error('nothing was exported')
  const [file, sample] = [await checkFile(last.path), await sampleByAjv(last.path, EACH_AJV)]
  const stringify: number[] = []
  for (let round = 0; round < rounds; round++) {
    stringify.push(await devtools.panel.evaluate(timeStringify, operations))
  }
  return {
    operations,
    openingMs: opening.result,
    openingLongestTask: opening.longestTask,
    exportMs: spreadOf(exports.map(({ result }) => result.took))?.median ?? Number.NaN,
    stringifyMs: spreadOf(stringify)?.median ?? Number.NaN,
    heapOverIdle: Math.max(...exports.map(({ idleHeap, peakHeap }) => peakHeap - idleHeap)),
    longestTask: Math.max(0, ...exports.map(({ longestTask }) => longestTask ?? 0)),
    file,
    sample,
  }
}
