import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeScenario } from '../../bench/insights/generator/scenario.ts'
import { type Consumer, createConsumer } from './consumer.ts'

let consumer: Consumer
beforeAll(async () => {
  consumer = await createConsumer()
  const { text } = writeScenario({ seed: 5, problems: ['retry-storm'], traps: [] })
  await writeFile(join(consumer.folder, 'session.json'), text)
  await writeFile(join(consumer.folder, 'copy.json'), text)
  await writeFile(join(consumer.folder, 'strict.json'), '{"insights":["retry-storm"]}')
}, 120_000)
afterAll(() => consumer.remove())

const run = (...args: string[]) => runWith('', ...args)

/** With this text as its input, which then ends. */
function runWith(input: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(consumer.folder, 'node_modules', '.bin', 'perf-devtools')
  return new Promise(resolve => {
    const child = execFile(process.execPath, [file, ...args], { cwd: consumer.folder }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err })
    })
    child.stdin?.end(input)
  })
}

const COMMANDS = ['record', 'check', 'baseline', 'compare', 'insights', 'validate', 'convert', 'send']

describe('the packed command', () => {
  test.each([
    [['validate', 'session.json'], 0],
    [['compare', 'session.json', '--with', 'copy.json'], 0],
    [['baseline', 'session.json', 'copy.json'], 0],
    [['check', 'session.json'], 0],
    [['check', 'session.json', '--config', 'strict.json'], 1],
    [['convert', 'session.json', '--to', 'har'], 0],
  ])('%j exits with %d', async (args, expected) => {
    const { code, out } = await run(...args)
    expect(code).toBe(expected)
    expect(out).not.toBe('')
  })
  test.each(COMMANDS)('%s without input, with a bad one and asked for help', async name => {
    for (const args of [[], ['missing.json', '--with', 'none.json'], ['--wrong']]) {
      const { code, out, err } = await run(name, ...args)
      expect({ args, code }).toEqual({ args, code: 2 })
      expect(out + err).not.toContain('    at ')
    }
    expect(await run(name, '--help')).toMatchObject({ code: 0, err: '' })
  })
  test.each([
    ['convert session.json --to har | head -c 1', 0, ''],
    ['insights session.json | true', 0, ''],
    ['check session.json --config strict.json | true', 1, ''],
    ['insights session.json > /dev/full', 2, 'the output cannot be written'],
    ['insights session.json >&-', 0, ''],
    ['validate - < /dev/null', 2, ''],
    ['validate /dev/stdin < session.json', 0, ''],
    ['cat session.json | insights /dev/stdin', 0, ''],
  ])('%s exits with %d', async (line, expected, message) => {
    const command = `"${process.execPath}" node_modules/.bin/perf-devtools`
    const script = line.replace(/^(cat \S+ \| )?/, `$1${command} `)
    const answer = await new Promise<{ code: number; err: string }>(resolve => {
      execFile('bash', ['-o', 'pipefail', '-c', script], { cwd: consumer.folder }, (error, _, err) => {
        resolve({ code: Number(error?.code ?? 0), err })
      })
    })
    expect(answer).toEqual({ code: expected, err: expect.stringContaining(message) })
    expect(answer.err).not.toContain('    at ')
  })
  test('finds what was planted', async () => {
    const { code, out, err } = await run('insights', 'session.json', '--format', 'json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)[0].insights[0].kind).toBe('retry-storm')
  })
  test('says what is wrong with a file', async () => {
    const { code, out, err } = await run('insights', 'missing.json')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('missing.json cannot be read')
  })
  test('mcp takes no arguments, answers what is no message with an error, and ends with its input', async () => {
    expect(await run('mcp', '--help')).toMatchObject({ code: 0, err: '' })
    for (const args of [['--wrong'], ['session.json']]) {
      expect(await run('mcp', ...args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('no arguments'),
      })
    }
    expect(await runWith('', 'mcp')).toEqual({ code: 0, out: '', err: '' })
    const { code, out } = await runWith('no message\n{"jsonrpc":"2.0","id":7,"method":"ping"}\n', 'mcp')
    const answers = out.split('\n').filter(line => line !== '')
    expect(code).toBe(0)
    expect(answers.map(line => JSON.parse(line))).toMatchObject([{ error: { code: -32_700 } }, { id: 7, result: {} }])
  })
  test('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, err: '' })
  })
})
