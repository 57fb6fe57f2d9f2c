// Node: the sessions that `check` and `baseline` are about: of files, or of runs of the tests.
import { spawn } from 'node:child_process'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { SessionModel } from '../model/session/session-model.ts'
import { SESSIONS_FOLDER, SESSIONS_RUN, testOfFile } from '../node/run-files.ts'
import { type CheckConfig, CONFIG_FILE } from './config.ts'
import { openSession } from './open-session.ts'
import { isFolder, type Streams, UsageError, writing } from './usage.ts'

/** Characters of a failed command's output that are shown: its end. */
const MAX_OUTPUT = 10_000

export interface RecordedTest {
  files: string[]
  sessions: SessionModel[]
}

export interface RecordedTests {
  byTest: Map<string, RecordedTest>
  /** Why the tests failed; what they recorded until then is there. */
  failure?: string
}

/** @param paths of session files, or of folders with some. Without any, the command of the configuration is run. */
export async function recordedTests(
  paths: readonly string[],
  config: CheckConfig,
  streams: Streams,
): Promise<RecordedTests> {
  if (paths.length > 0) {
    const files = await Promise.all(paths.map(filesIn))
    const empty = paths.find((_, i) => files[i]?.length === 0)
    if (empty !== undefined) throw new UsageError(`${empty} has no session files: .json or .json.gz.`)
    return { byTest: await openAll(files.flat()) }
  }
  if (config.command === undefined) {
    throw new UsageError(`name session files, or a "command" in ${CONFIG_FILE} that runs the tests.`)
  }
  await writing(config.results, () => emptyResults(config.results))
  let failure: string | undefined
  for (let run = 1; run <= config.runs && failure === undefined; run++) {
    streams.err(`run ${run} of ${config.runs}: ${config.command}\n`)
    const { code, output } = await runOnce(config.command, resolve(config.results), run)
    if (code !== 0) {
      failure = `The tests failed in run ${run} of ${config.runs} (exit code ${code}).`
      streams.err(`${output.slice(-MAX_OUTPUT)}\n`)
    }
  }
  const byTest = await openAll(await filesIn(config.results))
  if (byTest.size === 0 && failure === undefined) {
    throw new UsageError(
      `"${config.command}" left no session in ${config.results}: do the tests import from perf-devtools/playwright?`,
    )
  }
  return { byTest, ...(failure === undefined ? {} : { failure }) }
}

async function openAll(files: readonly string[]): Promise<Map<string, RecordedTest>> {
  const byTest = new Map<string, RecordedTest>()
  for (const file of files) {
    const test = testOfFile(basename(file))
    const recorded = byTest.get(test) ?? { files: [], sessions: [] }
    byTest.set(test, recorded)
    recorded.files.push(file)
    recorded.sessions.push(await openSession(file))
  }
  return byTest
}

async function filesIn(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path]
  const names = (await readdir(path)).filter(name => /\.json(?:\.gz)?$/.test(name) && name !== 'baseline.json')
  return names.sort().map(name => join(path, name))
}

/** Of what an earlier check has left there. */
async function emptyResults(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) if (/~[\d-]+\.json$/.test(name)) await rm(join(folder, name))
}

function runOnce(command: string, folder: string, run: number): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [SESSIONS_FOLDER]: folder, [SESSIONS_RUN]: `${run}` }
    const child = spawn(command, { shell: true, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const add = (text: Buffer): void => {
      output = (output + text).slice(-2 * MAX_OUTPUT)
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}
