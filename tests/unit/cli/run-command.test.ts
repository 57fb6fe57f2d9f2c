import { describe, expect, test } from 'vitest'
import { runCommand } from '../../../cli/run-command.ts'
import { VERSION } from '../../../monitor/version.ts'

async function run(...args: string[]) {
  let [out, err] = ['', '']
  const code = await runCommand(args, {
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
  })
  return { code, out, err }
}

describe('the command', () => {
  test.each(['--version', '-v'])('says its version: %s', async option => {
    expect(await run(option)).toEqual({ code: 0, out: `${VERSION}\n`, err: '' })
  })

  test.each(['unknown', '--unknown', '\u001b[2J', ''])('does not know %j', async name => {
    const { code, out, err } = await run(name)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^perf-devtools: unknown command "[ -~]*"\. Run perf-devtools --help\.\n$/)
  })
})
