// Node: `perf-devtools mcp`.
import { serve } from './mcp/serve.ts'
import { type Command, UsageError } from './usage.ts'

export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'the same for a coding agent, over the Model Context Protocol',
  help: `perf-devtools mcp

Serves the Model Context Protocol (https://modelcontextprotocol.io) on standard input and output, until the input ends. Its
tools record a URL, open session files, list operations by the tab's filter, find insights, compare, and explain one operation.
Answers are bounded, and hold no secrets of URLs.

In an agent's configuration: { "command": "npx", "args": ["perf-devtools", "mcp"] }

Exit code: 0; 2 for wrong usage.`,
  async run(args, streams) {
    if (args.length > 0) throw new UsageError('it takes no arguments.')
    await serve(process.stdin, text => streams.out(text))
    return 0
  },
}
