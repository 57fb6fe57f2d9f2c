// Node. `npm run bench:export -- [--extension DIR] [--json FILE]`: what an export costs the panel, by the session's
// size, beside one JSON.stringify of the same operations; whether the file is what it should be; and whether the
// background's worker and a page hold more, the more is recorded.
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openChromium } from '../scripts/chromium-session.ts'
import { extensionDir } from '../scripts/project-root.ts'
import { measureSize, type SizeFigures } from './export/measure-size.ts'
import { recordMany } from './export/record-many.ts'
import { verdictsOf } from './export/verdicts.ts'

const SIZES = [
  { operations: 10_000, rounds: 9 },
  { operations: 1_000_000, rounds: 3 },
]

const { values: options } = parseArgs({ options: { extension: { type: 'string' }, json: { type: 'string' } } })
const chromium = await openChromium({
  extensionDir: options.extension ?? extensionDir,
  headless: true,
  devtools: true,
})

try {
  const sizes: SizeFigures[] = []
  for (const size of SIZES) {
    const figures = await measureSize(chromium, size)
    sizes.push(figures)
    const { operations, exportMs, stringifyMs, heapOverIdle, longestTask, file, openingMs, openingLongestTask } =
      figures
    console.log(
      `\n${operations} operations, a file of ${(file.bytes / 1e6).toFixed(1)} MB`,
      `\n  export ${exportMs.toFixed(0)} ms, ${((exportMs * 1e6) / operations).toFixed(0)} ns an operation;`,
      `JSON.stringify of the same ${stringifyMs.toFixed(0)} ms`,
      `\n  JS heap over idle at most ${(heapOverIdle / 1e6).toFixed(1)} MB; longest task ${taskText(longestTask)}`,
      `\n  opened from storage in ${openingMs.toFixed(0)} ms; longest task ${taskText(openingLongestTask ?? 0)}`,
      `\n  valid: ${file.operations} operations by the import's check, ${figures.sample.checked} of them by ajv`,
    )
  }
  const recorded = await recordMany(chromium)
  console.log('\nrecorded by trackOperation: operations | worker heap MB | page heap MB')
  for (const { operations, worker, page } of recorded) {
    console.log(`  ${operations} | ${(worker / 1e6).toFixed(2)} | ${(page / 1e6).toFixed(2)}`)
  }
  const verdicts = verdictsOf(sizes, recorded)
  console.log(`\nload average ${loadavg()[0]?.toFixed(1)}`)
  for (const { promise, found, met } of verdicts) console.log(`${met ? 'met    ' : 'NOT MET'} ${promise}: ${found}`)
  if (options.json !== undefined) await writeFile(options.json, JSON.stringify({ verdicts, sizes, recorded }, null, 2))
  if (verdicts.some(({ met }) => !met)) process.exitCode = 1
} finally {
  await chromium.close()
}

function taskText(milliseconds: number): string {
  return milliseconds === 0 ? 'under 50 ms' : `${milliseconds.toFixed(0)} ms`
}
