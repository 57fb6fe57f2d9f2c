#!/usr/bin/env node
// Node: the entry of `npx perf-devtools`.
import { runCommand } from './run-command.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  out: text => new Promise<void>(resolve => process.stdout.write(text, () => resolve())),
  err: text => process.stderr.write(text),
  // https://no-color.org
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
})
