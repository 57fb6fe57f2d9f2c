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
}, 120_000)
afterAll(() => consumer.remove())

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(consumer.folder, 'node_modules', 'perf-devtools', 'dist', 'cli', 'perf-devtools.js')
  return new Promise(resolve => {
    const child = execFile(process.execPath, [file, ...args], { cwd: consumer.folder }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err })
    })
  })
}

describe('the packed command', () => {
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
  test('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, err: '' })
  })
})
