// Test (Node, with --expose-gc): the library's own leak test.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import '../../../monitor/node.ts'
import { MemoryMonitor } from '../../../monitor/memory-monitor.ts'

const memory = new MemoryMonitor()

describe('what a function keeps', () => {
  test.each([100_000, 10_000])('%d bytes a call, to 5 %', async bytes => {
    const kept: unknown[] = []
    const found = await memory.leakTest('leaky', async () => {
      // Numbers that are no small integers: each takes eight bytes, in the heap.
      kept.push(Array.from({ length: bytes / 8 }, (_, i) => i + 0.5))
    })
    expect(found).toMatchObject({ label: 'leaky', verdict: 'keeps', confidence: 'certain', callsPerRound: 20 })
    expect(found.perCall.bytes).toBeGreaterThan(bytes * 0.95)
    expect(found.perCall.bytes).toBeLessThan(bytes * 1.05)
    expect(kept).toHaveLength(140)
  })

  const text = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ id: i, name: `item ${i}` })))
  const cache = new Map<number, number[]>()
  let calls = 0
  let sink: unknown
  test.each([
    ['churns', () => (sink = Array.from({ length: 20_000 }, (_, i) => i + 0.5).length)],
    ['fills a cache', () => (sink = cache.set(calls++ % 30, new Array(5_000).fill(0.5)).size)],
    ['parses JSON', () => (sink = JSON.parse(text).length)],
  ])('is nothing where it %s', async (_, innocent) => {
    expect(await memory.leakTest('innocent', innocent, { calls: 10 })).toMatchObject({ verdict: 'nothing' })
    expect(sink).toBeGreaterThan(0)
  })
})

test('passes on what the function throws', async () => {
  const error = new Error('broken')
  await expect(memory.leakTest('throws', () => Promise.reject(error))).rejects.toBe(error)
})

test.each([{ rounds: 3 }, { rounds: 1.5 }, { rounds: 1_000 }, { calls: 0 }, { calls: Number.NaN }])(
  'refuses %j',
  async options => {
    await expect(memory.leakTest('wrong', () => undefined, options)).rejects.toThrow(RangeError)
  },
)

test('says how to start Node where it cannot collect', async () => {
  const url = new URL('../../../monitor/node.ts', import.meta.url).href
  const program = `import { MemoryMonitor } from ${JSON.stringify(url)}
    await MemoryMonitor.getInstance().leakTest('a', () => 1).catch(error => console.log(error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '--eval',
    program,
  ])
  expect(stdout).toContain('start Node with --expose-gc')
})
