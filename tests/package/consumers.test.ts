// Test (Node): the packed library in the tools that apps are built, tested and checked with.
import { readFile } from 'node:fs/promises'
import { createContext, runInContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { API_USAGE } from './api.ts'
import { type Consumer, createConsumer } from './consumer.ts'

let consumer: Consumer

beforeAll(async () => {
  consumer = await createConsumer({
    '@arethetypeswrong/cli': '0.18.5',
    jest: '30.5.2',
    publint: '0.3.25',
    // It resolves modules as before `exports`, and knows no syntax of types that later versions write.
    typescript: '5.0.4',
    vite: '8.4.0',
    webpack: '5.113.0',
  })
}, 600_000)
afterAll(() => consumer.remove())

const TRACK = `
  const monitor = PerformanceMonitor.getInstance()
  const later = () => new Promise(resolve => setTimeout(resolve, 1))
  const track = async () => {
    await monitor.trackOperation('outer', async () => {
      await later()
      await monitor.trackOperation('inner', later)
    })
    return monitor.getMetrics().operations
  }
`

test('publint and attw find nothing wrong with the package', async () => {
  await consumer.run('npx', ['publint', '--strict', inject('tarball')])
  const attw = (...options: string[]) => consumer.run('npx', ['attw', '--no-color', inject('tarball'), ...options])
  expect(await attw('--exclude-entrypoints', './playwright')).toContain('No problems found')
  // Playwright itself is found only by who resolves `exports`.
  expect(await attw('--entrypoints', './playwright', '--profile', 'node16')).toMatch(/bundler +│ 🟢/)
}, 120_000)

describe('CommonJS', () => {
  test('requires the library, its manifest and its schema', async () => {
    const program = `
      const { PerformanceMonitor } = require('perf-devtools')
      ${TRACK}
      const { name } = require('perf-devtools/package.json')
      const { title } = require('perf-devtools/session.schema.json')
      track().then(([inner, outer]) => console.log(JSON.stringify([name, title, inner.parentId === outer.id])))
    `
    const path = await consumer.write('program.cjs', program)
    const [name, title, hasParent] = JSON.parse(await consumer.run(process.execPath, [path]))
    expect([name, hasParent]).toEqual(['perf-devtools', true])
    expect(title).toMatch(/session/)
  })

  test('code written against the API compiles with module: commonjs, and runs', async () => {
    await consumer.write('commonjs/package.json', JSON.stringify({ type: 'commonjs' }))
    await consumer.write('commonjs/api.ts', API_USAGE)
    const compilerOptions = {
      module: 'commonjs',
      target: 'es2022',
      lib: ['es2023', 'dom'],
      types: [],
      strict: true,
      experimentalDecorators: true,
    }
    await consumer.write('commonjs/tsconfig.json', JSON.stringify({ compilerOptions, files: ['api.ts'] }))
    await consumer.run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'commonjs'])
    expect(await consumer.run(process.execPath, ['commonjs/api.js'])).toBe('')
  }, 60_000)

  test('runs in Jest', async () => {
    await consumer.write('jest/package.json', JSON.stringify({ type: 'commonjs' }))
    const program = `
      const { readFile } = require('node:fs/promises')
      const { PerformanceMonitor } = require('perf-devtools')
      ${TRACK}
      test('tracks', async () => {
        const [inner, outer] = await track()
        expect(inner.parentId).toBe(outer.id)
      })
      // Jest runs tests in a realm of their own: what Node makes is of another.
      test('keeps the errors of Node', async () => {
        const monitor = PerformanceMonitor.getInstance()
        monitor.clearMetrics()
        const thrown = await monitor.trackOperation('read', () => readFile('/none')).catch(error => error)
        const [{ error }] = monitor.getMetrics().operations
        expect(thrown instanceof Error).toBe(false)
        expect([error === thrown, error.code]).toEqual([true, 'ENOENT'])
      })
    `
    await consumer.write('jest/monitor.test.js', program)
    await consumer.run(process.execPath, ['node_modules/jest/bin/jest.js', '--rootDir', 'jest'])
  }, 60_000)
})

describe('a bundle for browsers', () => {
  const APP = `import { PerformanceMonitor } from 'perf-devtools'
    ${TRACK}
    globalThis.result = track()`

  const BUNDLERS: Record<string, string> = {
    webpack: `
      import webpack from 'webpack'
      const output = { path: import.meta.dirname, filename: 'webpack.js' }
      const options = { mode: 'production', context: import.meta.dirname, entry: './app.js', output }
      webpack(options, (error, stats) => {
        if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? stats.toString()
      })`,
    vite: `
      import { build } from 'vite'
      const lib = { entry: 'app.js', formats: ['iife'], name: 'app', fileName: () => 'vite.js' }
      await build({ root: import.meta.dirname, logLevel: 'warn', build: { outDir: '.', emptyOutDir: false, lib } })`,
  }

  test.each(Object.entries(BUNDLERS))(
    'by %s runs, and contains nothing of Node and nothing unused',
    async (name, build) => {
      await consumer.write('bundles/app.js', APP)
      await consumer.run(process.execPath, [await consumer.write(`bundles/${name}.mjs`, build)])
      const code = await readFile(`${consumer.folder}/bundles/${name}.js`, 'utf8')
      for (const trace of ['async_hooks', 'takeSnapshot', 'perf-session']) expect(code).not.toContain(trace)
      const context = createContext({ performance, Promise, queueMicrotask, setTimeout })
      runInContext(code, context)
      const operations: { operationName: string }[] = await context.result
      expect(operations.map(({ operationName }) => operationName)).toEqual(['inner', 'outer'])
    },
  )
})
