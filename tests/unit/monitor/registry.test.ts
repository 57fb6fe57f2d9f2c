import { readFile } from 'node:fs/promises'
import { createContext, runInContext } from 'node:vm'
import { build, type Plugin } from 'esbuild'
import { afterEach, describe, expect, test } from 'vitest'
import type * as Library from '../../../monitor/index.ts'
import { MAX_SOURCES, openRegistry, registerSource, type Source } from '../../../monitor/registry.ts'

const REGISTRY = Symbol.for('perf-devtools.door.1')
const realm = globalThis as { [REGISTRY]?: unknown }

const createSource = (): Source => ({ listen() {}, read: () => ({ lost: 0, more: false }) })

afterEach(() => {
  Reflect.deleteProperty(realm, REGISTRY)
})

test('is the same for all who open it, and not enumerable', () => {
  expect(openRegistry()).toBe(openRegistry())
  expect(realm[REGISTRY]).toBe(openRegistry())
  expect(Object.getOwnPropertyDescriptor(realm, REGISTRY)?.enumerable).toBe(false)
})

test('lists earlier sources for a recorder, and calls it with later ones', () => {
  const [early, late] = [createSource(), createSource()]
  registerSource(early)
  const registry = openRegistry()
  expect(registry.sources).toEqual([early])
  const heard: Source[] = []
  registry.onSource = source => heard.push(source)
  registerSource(late)
  expect(heard).toEqual([late])
  expect(registry.sources).toEqual([early, late])
})

test('holds a bounded number of sources', () => {
  for (let i = 0; i < MAX_SOURCES + 5; i++) registerSource(createSource())
  expect(openRegistry().sources).toHaveLength(MAX_SOURCES)
})

test.each([undefined, null, 5, 'text', {}, { sources: 'text' }])('replaces %o that a page has put there', found => {
  realm[REGISTRY] = found
  const source = createSource()
  registerSource(source)
  expect(openRegistry().sources).toEqual([source])
})

describe('several copies of the library in one realm', () => {
  /** The text of a copy that expects monitors of an API level; it leaves its exports in the global `name`. */
  async function copyOf(name: string, level: number): Promise<string> {
    const setLevel: Plugin = {
      name: 'api-level',
      setup({ onLoad }) {
        onLoad({ filter: /monitor\/registry\.ts$/ }, async ({ path }) => {
          const text = await readFile(path, 'utf8')
          const contents = text.replace(/const API_LEVEL = \d+/, `const API_LEVEL = ${level}`)
          return { contents, loader: 'ts' }
        })
      },
    }
    const { outputFiles } = await build({
      stdin: {
        contents: "export * from './monitor/index.ts'",
        resolveDir: new URL('../../..', import.meta.url).pathname,
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: name,
      target: 'es2023',
      plugins: [setLevel],
      mangleProps: /^_/,
      // Each copy has its own short names, as versions do.
      mangleCache: { _capacity: `_${name}` },
    })
    return outputFiles[0]?.text ?? ''
  }

  /** Copies of these levels, in this order, in a realm of their own. */
  async function load(levels: number[], prepare = ''): Promise<(typeof Library)[]> {
    const context = createContext({ performance, process, Promise, setTimeout })
    runInContext(prepare, context)
    for (const [index, level] of levels.entries()) runInContext(await copyOf(`copy${index}`, level), context)
    return levels.map((_, index) => context[`copy${index}`] as typeof Library)
  }

  test('share the monitors, and what @monitored tracks and exportSession exports', async () => {
    const [first, second] = (await load([1, 1])) as [typeof Library, typeof Library]
    const monitor = second.PerformanceMonitor.getInstance()
    expect(first.PerformanceMonitor.getInstance()).toBe(monitor)
    expect(first.MemoryMonitor.getInstance()).toBe(second.MemoryMonitor.getInstance())
    const load5 = { value: () => 5 }
    ;(first.monitored('decorated') as (...args: unknown[]) => unknown)({}, 'load', load5)
    expect(load5.value()).toBe(5)
    first.MemoryMonitor.getInstance().takeSnapshot('start')
    for (const { exportSession } of [first, second]) {
      const { operations, snapshots } = JSON.parse(exportSession())
      expect(operations).toMatchObject([{ operationName: 'decorated', outcome: 'ok' }])
      expect(snapshots).toMatchObject([{ label: 'start' }])
    }
  })

  test('move to the monitor of a newer copy when they ask again', async () => {
    const [older, newer] = (await load([1, 2])) as [typeof Library, typeof Library]
    const before = older.PerformanceMonitor.getInstance()
    const monitor = newer.PerformanceMonitor.getInstance()
    expect(monitor).not.toBe(before)
    expect(older.PerformanceMonitor.getInstance()).toBe(monitor)
    expect(newer.PerformanceMonitor.getInstance()).toBe(monitor)
  })

  test('use the monitor of a newer copy that came first', async () => {
    const [newer, older] = (await load([2, 1])) as [typeof Library, typeof Library]
    const monitor = newer.PerformanceMonitor.getInstance()
    expect(older.PerformanceMonitor.getInstance()).toBe(monitor)
    expect(newer.PerformanceMonitor.getInstance()).toBe(monitor)
  })

  test('share through a registry made by a version without sharing', async () => {
    const prepare = `Object.defineProperty(globalThis, Symbol.for('perf-devtools.door.1'), { value: { sources: [] } })`
    const [first, second] = (await load([1, 1], prepare)) as [typeof Library, typeof Library]
    expect(first.PerformanceMonitor.getInstance()).toBe(second.PerformanceMonitor.getInstance())
  })

  test.each([
    [
      'has frozen the registry',
      'Object.freeze(Object.defineProperty(globalThis, KEY, { value: { sources: [] } })[KEY])',
    ],
    ['holds its place', 'Object.defineProperty(globalThis, KEY, { value: 5 })'],
  ])('keep one monitor each where the page %s', async (_, attack) => {
    const prepare = attack.replaceAll('KEY', `Symbol.for('perf-devtools.door.1')`)
    const [{ PerformanceMonitor }] = (await load([1], prepare)) as [typeof Library]
    const monitor = PerformanceMonitor.getInstance()
    expect(PerformanceMonitor.getInstance()).toBe(monitor)
    expect(await monitor.trackOperation('load', async () => 5)).toBe(5)
  })
})
