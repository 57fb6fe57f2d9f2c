// Node: the session files that a run of tests leaves in a folder: `TEST~RUN.json`.

/** The environment variable that names the folder. Where it is not set, sessions are only attached to their tests. */
export const SESSIONS_FOLDER = 'PERF_SESSIONS'
/** And the one that numbers the run, so that the files of one do not replace those of another. */
export const SESSIONS_RUN = 'PERF_RUN'

export function runFileName(test: string, run: string): string {
  return `${test}~${run}.json`
}

/** The test that a file is of; its whole name where it is no such file. */
export function testOfFile(name: string): string {
  return name.replace(/\.json(?:\.gz)?$/, '').replace(/~[^~]*$/, '')
}
