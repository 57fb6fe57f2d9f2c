// Node: chooses the command, and turns what goes wrong into one sentence and an exit code.
import { VERSION } from '../monitor/version.ts'
import { reasonOf } from '../node/session-file.ts'
import { baselineCommand } from './baseline.ts'
import { checkCommand } from './check.ts'
import { compareCommand } from './compare.ts'
import { convertCommand } from './convert.ts'
import { insightsCommand } from './insights.ts'
import { mcpCommand } from './mcp.ts'
import { printableLine } from './printable.ts'
import { recordCommand } from './record.ts'
import { sendCommand } from './send.ts'
import { type Command, EXIT_UNUSABLE, type Streams, UsageError } from './usage.ts'
import { validateCommand } from './validate.ts'

const COMMANDS: readonly Command[] = [
  recordCommand,
  checkCommand,
  baselineCommand,
  compareCommand,
  insightsCommand,
  convertCommand,
  validateCommand,
  sendCommand,
  mcpCommand,
]

/** Returns the exit code of the command; 2 for wrong usage and for files that cannot be read. */
export async function runCommand(args: readonly string[], streams: Streams): Promise<number> {
  const [name, ...rest] = args
  const command = COMMANDS.find(each => each.name === name)
  if (!command) {
    if (name === '--version' || name === '-v') {
      streams.out(`${VERSION}\n`)
      return 0
    }
    const isHelp = name === undefined || name === '--help' || name === '-h' || name === 'help'
    if (isHelp) streams.out(overview())
    else streams.err(`perf-devtools: unknown command "${printableLine(name)}". Run perf-devtools --help.\n`)
    return isHelp ? 0 : EXIT_UNUSABLE
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    streams.out(`${command.help}\n`)
    return 0
  }
  try {
    return await command.run(rest, streams)
  } catch (error) {
    streams.err(`perf-devtools ${command.name}: ${sentenceOf(error)}\n`)
    return EXIT_UNUSABLE
  }
}

/** An error that nobody foresaw is a fault of ours: its stack says where. It must not look like a regression, whose exit code is 1. */
function sentenceOf(error: unknown): string {
  if (error instanceof UsageError || isArgumentError(error)) return printableLine((error as Error).message)
  const { code, syscall, path = '', stack } = error as NodeJS.ErrnoException
  if (code !== undefined && syscall !== undefined) return printableLine(`${path || syscall}: ${reasonOf(error)}.`)
  return `unexpected error. ${stack ?? String(error)}`
}

/** What `parseArgs` throws: https://nodejs.org/api/util.html#utilparseargsconfig */
function isArgumentError(error: unknown): boolean {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
}

function overview(): string {
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`)
  return `perf-devtools COMMAND [options]\n\n${lines.join('\n')}\n\nperf-devtools COMMAND --help says more of each.\n`
}
