// Node: `perf-devtools validate`.
import { readSessionFile, UnreadableFile } from '../node/session-file.ts'
import { FORMAT_HELP, parseFiles, type ReportCase, writeReport } from './report.ts'
import { type Command, EXIT_UNUSABLE } from './usage.ts'

interface Checked {
  file: string
  operations?: number
  problem?: string
}

export const validateCommand: Command = {
  name: 'validate',
  summary: 'whether files are sessions that the tab can open',
  help: `perf-devtools validate FILE… [--format FORMAT]

Reads each session file (.json or .json.gz) as the tab does, and says what is wrong with it, and where.

${FORMAT_HELP}

Exit code: 0 if all files are sessions; 2 for wrong usage and if one is not.`,
  async run(args, streams) {
    const { files, format } = parseFiles(args)
    const checked: Checked[] = []
    for (const file of files) checked.push(await check(file))
    const lines = checked.map(each =>
      each.problem === undefined ? `ok      ${describe(each)}` : `failed  ${each.problem}`,
    )
    const report = {
      title: 'perf-devtools validate',
      text: `${lines.join('\n')}\n`,
      markdown: `${lines.map(line => `- ${line.replace(/ +/, ' ')}`).join('\n')}\n`,
      json: checked,
      cases: checked.map(
        ({ file, problem }): ReportCase =>
          problem === undefined ? { name: file, state: 'passed' } : { name: file, state: 'failed', message: problem },
      ),
    }
    await writeReport(report, format, streams)
    return checked.some(({ problem }) => problem !== undefined) ? EXIT_UNUSABLE : 0
  },
}

async function check(file: string): Promise<Checked> {
  try {
    return { file, operations: (await readSessionFile(file)).operations.length }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { file, problem: error.message }
  }
}

function describe({ file, operations = 0 }: Checked): string {
  return `${file}: ${operations.toLocaleString('en')} operation${operations === 1 ? '' : 's'}`
}
