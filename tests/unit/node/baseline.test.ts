import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeScenario } from '../../../bench/insights/generator/scenario.ts'
import { baselineFiles, readBaseline, writeBaseline } from '../../../node/baseline.ts'
import { describeMachine, machineNote } from '../../../node/machine.ts'
import { testOfFile } from '../../../node/run-files.ts'
import { readSession, readSessionFile } from '../../../node/session-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-baseline-'))
})
afterEach(() => rm(folder, { recursive: true }))

const machine = { platform: 'test', cpu: 'test', cores: 1, calibrationMs: 10 }
const session = () => readSession(new Blob([writeScenario({ seed: 3, problems: [], traps: [] }).text]))

describe('a baseline', () => {
  test('keeps whole sessions, by test, with what they were recorded with', async () => {
    const recorded = await session()
    await writeBaseline(folder, new Map([['cart', [recorded, recorded]]]), { commit: 'abc', machine })
    const files = (await baselineFiles(folder, 'cart')) ?? []
    expect(files).toHaveLength(2)
    const read = await readSessionFile(files[1] as string)
    expect(read.operations.length).toBe(recorded.operations.length)
    expect(await readBaseline(folder)).toMatchObject({ commit: 'abc', machine, browsers: [expect.any(String)] })
    expect(await baselineFiles(folder, 'other')).toBeUndefined()
  })

  test('replaces the one before, and nothing else', async () => {
    await writeFile(join(folder, 'notes.txt'), '')
    await writeBaseline(folder, new Map([['a', [await session()]]]), { commit: undefined, machine })
    await writeBaseline(folder, new Map([['b', [await session()]]]), { commit: undefined, machine })
    expect((await readdir(folder)).sort()).toEqual(['baseline.json', 'b~1.json.gz', 'notes.txt'])
  })

  test('is not taken from what is none', async () => {
    expect(await readBaseline(folder)).toBeUndefined()
    for (const text of [
      '',
      '{}',
      '{"format":"perf-baseline","version":2}',
      '[1]',
      JSON.stringify({ format: 'perf-baseline', version: 1, machine, tests: { a: ['../../etc/passwd'] } }),
    ]) {
      await writeFile(join(folder, 'baseline.json'), text)
      await expect(readBaseline(folder)).rejects.toThrow('cannot be read')
    }
  })
})

test('measures how fast a machine is, and distinguishes another one', () => {
  expect(describeMachine().calibrationMs).toBeGreaterThan(0)
  expect(machineNote(machine, { ...machine, calibrationMs: 12 })).toBeUndefined()
  expect(machineNote(machine, { ...machine, calibrationMs: 20 })).toContain('2.0 times slower')
  expect(machineNote(machine, { ...machine, calibrationMs: 5 })).toContain('2.0 times faster')
})

test.each([
  ['cart~1-0-0.json', 'cart'],
  ['a~b~2.json.gz', 'a~b'],
  ['alone.json', 'alone'],
])('%s is of the test %s', (name, expected) => {
  expect(testOfFile(name)).toBe(expected)
})
