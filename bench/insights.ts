// Node. `npm run bench:insights -- [--from SEED] [--seeds N] [--million] [--verbose]`: how many of the problems planted in invented
// sessions are found, how many claims are wrong, and whether clean sessions stay silent; beside them the plain thresholds
// of other tools. The same for sessions of simulated apps, which were written from the catalogue alone, apart from the
// rules. Exits with 1 when a target is missed.
import { parseArgs } from 'node:util'
import { markdownTable } from './harness/markdown-table.ts'
import { scenarios } from './insights/generator/scenario.ts'
import { costOf, largeSession } from './insights/million.ts'
import { peerClaims } from './insights/peers.ts'
import { claimsOf, type LabelledSession, openText, type Score, scoreClaims } from './insights/score.ts'
import { simulatedSessions } from './insights/simulated/sessions.ts'
import { Tally } from './insights/tally.ts'

const { values: options } = parseArgs({
  options: {
    from: { type: 'string', default: String(Math.floor(Date.now() / 1_000) % 100_000) },
    seeds: { type: 'string', default: '3' },
    verbose: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
  },
})
if (options.million) {
  const session = largeSession(1_000_000)
  costOf(session)
  const { operations, totalMs, longestTaskMs } = costOf(session)
  console.log(
    `${operations} operations: ${totalMs.toFixed(0)} ms, the longest task ${longestTaskMs.toFixed(0)} ms (wall clock)\n`,
  )
}
const [from, seeds] = [Number(options.from), Number(options.seeds)]
await measure('Invented sessions', scenarios(from, seeds))
await measure('Simulated apps', simulatedSessions(from, seeds))

async function measure(
  title: string,
  sessions: Iterable<LabelledSession> | AsyncIterable<LabelledSession>,
): Promise<void> {
  const ours = new Tally()
  const peers = new Tally()
  for await (const { name, suite, labels, text } of sessions) {
    const session = await openText(text)
    const score = scoreClaims(labels, claimsOf(session))
    ours.add(suite, labels, score)
    peers.add(suite, labels, scoreClaims(labels, peerClaims(session)))
    if (options.verbose) explain(name, score)
  }
  console.log(
    `${title}: seeds from ${from}, ${seeds} rounds, ${ours.sessions} sessions, ${ours.cleanSessions} of them clean.\n`,
  )
  console.log(markdownTable(Tally.header, ours.rows()))
  console.log(
    `\n${markdownTable(
      ['', 'ours', 'plain thresholds'],
      [...ours.summary()].map(([what, value], i) => [what, value, peers.summary()[i]?.[1] ?? '']),
    )}\n`,
  )
  if (!ours.meetsTargets) process.exitCode = 1
}

function explain(name: string, { missed, wrong, found }: Score): void {
  for (const label of missed) console.log(`MISSED ${label.kind} in ${name}`)
  for (const { kind, confidence, sentence } of wrong)
    console.log(`WRONG ${kind} (${confidence}) in ${name}: ${sentence}`)
  for (const { label, claim } of found) {
    const ratio = claim.savedMs / label.savedMs
    if (label.savedMs >= 100 && (ratio > 2 || ratio < 0.5))
      console.log(
        `SAVED ${label.kind} ${ratio.toFixed(2)} in ${name}: ${claim.savedMs} for ${label.savedMs.toFixed(0)}`,
      )
  }
}
