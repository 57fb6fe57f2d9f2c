import { readFile } from 'node:fs/promises'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VERSION } from '../../monitor/version.ts'
import type { SessionFile } from '../../session/format.ts'
import { schemaErrors } from '../browser/session-schema.ts'
import { API_USAGE, NODE_PROGRAM } from './api.ts'
import { type Consumer, createConsumer, ROOT } from './consumer.ts'

/** What the library may add to an app that imports only `PerformanceMonitor`. Issue 3, Done 4. */
const MAX_GZIPPED_BYTES = 4_096

const TSC = `${ROOT}node_modules/.bin/tsc`
let consumer: Consumer

beforeAll(async () => {
  consumer = await createConsumer()
}, 120_000)
afterAll(() => consumer.remove())

const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'))

/** What esbuild makes of a module for browsers. */
async function bundle(contents: string, format: 'esm' | 'iife' = 'esm'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: consumer.folder },
    bundle: true,
    minify: true,
    format,
    target: 'es2023',
    platform: 'browser',
    write: false,
    logLevel: 'error',
    globalName: 'lib',
  })
  return outputFiles[0]?.text ?? ''
}

test('the package, the library and the changelog have the same version', async () => {
  const changelog = await readFile(`${ROOT}CHANGELOG.md`, 'utf8')
  const [newest] = [...changelog.matchAll(/^## (.*)$/gm)]
    .map(([, title]) => title)
    .filter(title => title !== 'Unreleased')
  expect(VERSION).toBe((await readJson(`${ROOT}package.json`)).version)
  expect(VERSION).toBe(newest)
})

describe('the package', () => {
  test('has no dependencies', async () => {
    const manifest = await readJson(`${consumer.folder}/node_modules/perf-devtools/package.json`)
    for (const kind of ['dependencies', 'optionalDependencies', 'bundleDependencies']) {
      expect(manifest).not.toHaveProperty(kind)
    }
    // Only who imports `perf-devtools/playwright` needs it, and has it.
    expect(manifest.peerDependenciesMeta).toEqual({ playwright: { optional: true } })
    expect(Object.keys(manifest.peerDependencies)).toEqual(['playwright'])
    const { packages } = await readJson(`${consumer.folder}/package-lock.json`)
    expect(Object.keys(packages)).toEqual(['', 'node_modules/perf-devtools'])
  })

  test('contains only the files it needs', async () => {
    const files = (await consumer.run('find', ['node_modules/perf-devtools', '-type', 'f', '-printf', '%P\n'])).trim()
    for (const file of files.split('\n')) {
      expect(file).toMatch(
        /^(?:package\.json|README\.md|LICENSE|(?:comparison|session)\.schema\.json|dist\/cli\/[\w-]+\.js|dist\/(?:package|playwright)\/cjs\/package\.json|dist\/playwright\/(?:esm|cjs)\/(?:playwright\/index\.js|[a-z/-]+\.d\.ts)|dist\/package\/(?:esm|cjs)\/(?:monitor|session|wire)\/[a-z-]+\.(?:js|d\.ts))$/,
      )
    }
    expect(files).toContain('LICENSE')
  })

  test('runs in Node, knows parents across awaits, and exports a session', async () => {
    const program = await consumer.write('program.mjs', NODE_PROGRAM)
    const file: SessionFile = JSON.parse(await consumer.run(process.execPath, [program]))
    expect(schemaErrors(file)).toEqual([])
    const [pay, checkout] = file.operations
    expect(file.operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
      ['pay', 'ok'],
      ['checkout', 'ok'],
      ['failed', 'failed'],
      ['pending', 'pending'],
    ])
    expect(pay?.parentId).toBe(checkout?.id)
    expect(pay?.metadata).toEqual({ cart: 3 })
    expect(file.snapshots[0]?.usedBytes).toBeGreaterThan(0)
    expect(file.generator).toEqual({ name: 'perf-devtools', version: VERSION })
  })

  test('has one monitor for import and require', async () => {
    const program = `
      import { createRequire } from 'node:module'
      import * as esm from 'perf-devtools'
      const cjs = createRequire(import.meta.url)('perf-devtools')
      await cjs.PerformanceMonitor.getInstance().trackOperation('required', async () => {})
      await esm.PerformanceMonitor.getInstance().trackOperation('imported', async () => {})
      cjs.MemoryMonitor.getInstance().takeSnapshot('start')
      console.log(esm.PerformanceMonitor === cjs.PerformanceMonitor)
      console.log(esm.exportSession().match(/"(required|imported|start)"/g).join())`
    const path = await consumer.write('both.mjs', program)
    expect(await consumer.run(process.execPath, [path])).toBe('false\n"required","imported","start"\n')
  })

  test('exports its schema', async () => {
    const program =
      "import schema from 'perf-devtools/session.schema.json' with { type: 'json' }\nconsole.log(schema.title)"
    const path = await consumer.write('schema.mjs', program)
    expect(await consumer.run(process.execPath, ['--no-warnings', path])).toMatch(/version 2/)
  })
})

describe.each([
  ['NodeNext', 'NodeNext'],
  ['ESNext', 'bundler'],
])('code written against the API compiles with %s modules', (module, moduleResolution) => {
  test.each([true, false])(
    'experimentalDecorators: %s',
    async experimentalDecorators => {
      const name = `${moduleResolution}-${experimentalDecorators}`
      await consumer.write(`${name}.ts`, API_USAGE)
      const compilerOptions = {
        module,
        moduleResolution,
        experimentalDecorators,
        target: 'es2022',
        lib: ['es2023', 'dom'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
        outDir: name,
      }
      await consumer.write(`${name}.json`, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }))
      await consumer.run(TSC, ['-p', `${name}.json`])
      expect(await consumer.run(process.execPath, [`${name}/${name}.js`])).toBe('')
    },
    60_000,
  )
})

describe('an app that imports only PerformanceMonitor', () => {
  const IMPORT = "export { PerformanceMonitor } from 'perf-devtools'"

  test(`gets at most ${MAX_GZIPPED_BYTES} bytes, gzipped`, async () => {
    const size = gzipSync(await bundle(IMPORT), { level: 9 }).length
    console.log(`PerformanceMonitor alone: ${size} bytes minified and gzipped`)
    expect(size).toBeLessThanOrEqual(MAX_GZIPPED_BYTES)
  })

  test('does not get the rest of the library', async () => {
    const [alone, all] = await Promise.all([bundle(IMPORT), bundle("export * from 'perf-devtools'")])
    for (const trace of ['takeSnapshot', 'memoryUsage', 'is for methods', 'perf-session', 'async_hooks']) {
      expect(alone).not.toContain(trace)
      expect(all.includes(trace)).toBe(trace !== 'async_hooks')
    }
  })

  test('gets nothing if it uses nothing', async () => {
    expect(await bundle("import 'perf-devtools'\nconsole.log(1)")).toBe('console.log(1);\n')
  })

  test('works in a realm with nothing but a clock', async () => {
    const context = createContext({ performance, Promise, queueMicrotask })
    runInContext(await bundle(IMPORT, 'iife'), context)
    const metrics: { totalOperations: number; operations: { operationName: string; parentId?: number; id: number }[] } =
      await runInContext(
        `(async () => {
          const monitor = lib.PerformanceMonitor.getInstance()
          monitor.addListener(() => { throw new Error('nowhere to report it') })
          await monitor.trackOperation('checkout', op => op.trackOperation('pay', async () => {}))
          return monitor.getMetrics()
        })()`,
        context,
      )
    const [pay, checkout] = metrics.operations
    expect(metrics.totalOperations).toBe(2)
    expect([pay?.operationName, pay?.parentId]).toEqual(['pay', checkout?.id])
  })
})
