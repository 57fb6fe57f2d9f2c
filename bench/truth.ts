// Node. `npm run truth -- [--extension DIR] [--json FILE]`: are the figures true? Known requests are recorded in the
// real panel, exported, and compared with what the page, the browser's protocol log and the server saw of them.
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { extensionDir } from '../scripts/project-root.ts'
import { differencesOf, negativePhases } from './truth/differences.ts'
import { recordRound } from './truth/record-round.ts'
import { openRecordedPage } from './truth/recorded-page.ts'
import { differenceTable, summarize, verdictsOf, verdictTable } from './truth/report.ts'
import { startTruthServer } from './truth/server-client.ts'

const CONCURRENCIES = [1, 5, 20]

const { values: options } = parseArgs({ options: { extension: { type: 'string' }, json: { type: 'string' } } })
const server = await startTruthServer()
const recorded = await openRecordedPage(options.extension ?? extensionDir, server.page)
try {
  const rounds: (Awaited<ReturnType<typeof recordRound>> & { concurrency: number })[] = []
  for (const [i, concurrency] of CONCURRENCIES.entries()) {
    rounds.push({ concurrency, ...(await recordRound(recorded, server, i + 1, concurrency)) })
  }
  const pairs = rounds.flatMap(round => round.pairs)
  for (const round of rounds) {
    console.log(`\n### Concurrency ${round.concurrency}: ${round.pairs.length} requests\n`)
    console.log(differenceTable(summarize(differencesOf(round.pairs))))
  }
  const sum = (what: 'missing' | 'twice' | 'wrong' | 'pending'): number =>
    rounds.reduce((total, round) => total + round[what], 0)
  const faults = {
    'requests missing': sum('missing'),
    'requests twice': sum('twice'),
    'requests with another outcome than the page saw': sum('wrong'),
    'requests without an end': sum('pending'),
    'negative phases': negativePhases(pairs),
  }
  const rows = summarize(differencesOf(pairs))
  const verdicts = verdictsOf(rows, faults)
  console.log(`\n### All ${pairs.length} requests\n\n${differenceTable(rows)}`)
  const [load = 0] = loadavg()
  console.log(
    `\n### What is promised, on an idle machine (load average now: ${load.toFixed(1)})\n\n${verdictTable(verdicts)}`,
  )
  if (options.json !== undefined) await writeFile(options.json, JSON.stringify({ verdicts, pairs }, null, 2))
  if (verdicts.some(({ met }) => !met)) process.exitCode = 1
} finally {
  await recorded.close()
  server.stop()
}
