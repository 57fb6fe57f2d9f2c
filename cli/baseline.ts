// Node: `perf-devtools baseline`.
import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import { writeBaseline } from '../node/baseline.ts'
import { describeMachine } from '../node/machine.ts'
import { readConfig } from './config.ts'
import { recordedTests } from './run-tests.ts'
import { type Command, EXIT_WORSE, writing } from './usage.ts'

export const baselineCommand: Command = {
  name: 'baseline',
  summary: 'keeps sessions for later checks to be compared with',
  help: `perf-devtools baseline [FILE…] [--out FOLDER] [--config FILE]

Runs the tests as perf.config.json says, or takes session files, and keeps their sessions as a baseline: whole, with the
browser, the speed of this machine and the commit.

  --out FOLDER     where (default: "baseline" of the configuration, or perf-baseline)
  --config FILE    the configuration (default perf.config.json)

Exit code: 0; 1 if the tests fail, and then nothing is written; 2 for wrong usage and for a file that cannot be read.`,
  async run(args, streams) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, config: { type: 'string' } },
      allowPositionals: true,
    })
    const config = await readConfig(values.config)
    const { byTest, failure } = await recordedTests(positionals, config, streams)
    if (failure !== undefined) {
      streams.err(`perf-devtools baseline: ${failure}\n`)
      return EXIT_WORSE
    }
    const folder = values.out ?? config.baseline
    const sessions = new Map([...byTest].map(([test, recorded]) => [test, recorded.sessions]))
    const runs = [...sessions.values()].reduce((sum, each) => sum + each.length, 0)
    const recordedOn = { commit: await currentCommit(), machine: describeMachine() }
    await writing(folder, () => writeBaseline(folder, sessions, recordedOn))
    streams.out(
      `${folder}: ${runs} session${runs === 1 ? '' : 's'} of ${sessions.size} test${sessions.size === 1 ? '' : 's'}\n`,
    )
    return 0
  },
}

/** Undefined outside of a repository. */
async function currentCommit(): Promise<string | undefined> {
  try {
    return (await promisify(execFile)('git', ['rev-parse', 'HEAD'])).stdout.trim()
  } catch {
    return undefined
  }
}
