#!/usr/bin/env node
// Node: the entry of `npx perf-devtools`.
import { createOutput } from './output.ts'
import { runCommand } from './run-command.ts'
import { EXIT_UNUSABLE } from './usage.ts'

let failure: Error | undefined
const fail = (error: Error): void => {
  failure ??= error
  process.exitCode = EXIT_UNUSABLE
}
const err = createOutput(process.stderr, fail)
const out = createOutput(process.stdout, error => {
  fail(error)
  void err(`perf-devtools: the output cannot be written: ${error.message}.\n`)
})
// https://no-color.org
const colours = process.stdout.isTTY === true && !process.env.NO_COLOR

const code = await runCommand(process.argv.slice(2), { out, err, colours })
if (!failure) process.exitCode = code
