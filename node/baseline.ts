// Node: a baseline: a folder with the sessions of some runs, and a file that says what they were recorded with.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionModel } from '../model/session/session-model.ts'
import type { Machine } from './machine.ts'
import { UnreadableFile, writeSessionFile } from './session-file.ts'

const INDEX = 'baseline.json'
const FORMAT = 'perf-baseline'

export interface Baseline {
  format: typeof FORMAT
  version: 1
  /** ISO 8601. */
  createdAt: string
  /** The commit that was checked out; absent outside of a repository. */
  commit?: string
  machine: Machine
  /** The user agents of the recorded pages. */
  browsers: string[]
  /** By test, the files of its runs. */
  tests: Record<string, string[]>
}

/** Replaces the baseline in a folder. Other files of it stay. */
export async function writeBaseline(
  folder: string,
  sessions: ReadonlyMap<string, readonly SessionModel[]>,
  { commit, machine }: Pick<Baseline, 'machine'> & { commit: string | undefined },
): Promise<Baseline> {
  const old = await readBaseline(folder).catch(() => undefined)
  for (const file of Object.values(old?.tests ?? {}).flat()) await rm(join(folder, file), { force: true })
  await mkdir(folder, { recursive: true })
  const tests: Baseline['tests'] = {}
  const browsers = new Set<string>()
  for (const [test, runs] of sessions) {
    tests[test] = []
    for (const [run, session] of runs.entries()) {
      const name = `${test}~${run + 1}.json.gz`
      await writeSessionFile(session, join(folder, name))
      tests[test].push(name)
      for (const { userAgent } of session.documents.all) browsers.add(userAgent)
    }
  }
  const baseline: Baseline = {
    format: FORMAT,
    version: 1,
    createdAt: new Date().toISOString(),
    ...(commit === undefined ? {} : { commit }),
    machine,
    browsers: [...browsers].sort(),
    tests,
  }
  await writeFile(join(folder, INDEX), `${JSON.stringify(baseline, null, 2)}\n`)
  return baseline
}

/** Undefined where the folder has none. */
export async function readBaseline(folder: string): Promise<Baseline | undefined> {
  const path = join(folder, INDEX)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UnreadableFile(`${path} cannot be read: ${(error as Error).message}.`)
  }
  const found = parse(text)
  if (found?.format !== FORMAT || found.version !== 1 || !isTests(found.tests) || !isMachine(found.machine)) {
    throw new UnreadableFile(
      `${path} cannot be read: it is no baseline that this version of perf-devtools has written.`,
    )
  }
  return found as Baseline
}

/** The files of a test in a baseline; undefined where the folder is no baseline, or has not this test. */
export async function baselineFiles(folder: string, test: string): Promise<string[] | undefined> {
  return (await readBaseline(folder))?.tests[test]?.map(file => join(folder, file))
}

function parse(text: string): Partial<Baseline> | undefined {
  try {
    return JSON.parse(text) as Partial<Baseline>
  } catch {
    return undefined
  }
}

function isTests(value: unknown): value is Baseline['tests'] {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every(
    files => Array.isArray(files) && files.every(file => typeof file === 'string' && !/[/\\]/.test(file)),
  )
}

function isMachine(value: Machine | undefined): boolean {
  return typeof value?.calibrationMs === 'number' && value.calibrationMs > 0
}
