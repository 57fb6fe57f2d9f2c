// Test (Node): async methods and generators, compiled by the compilers themselves.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { runInThisContext } from 'node:vm'
import { transform } from 'esbuild'
import { transformWithOxc } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kindOf, type Method, type MethodKind } from '../../../monitor/method-kind.ts'
import { monitored } from '../../../monitor/monitored.ts'
import { decorateLegacy, unhandledDuring } from './contract.ts'

const SOURCE = `
  export const error = new Error('nobody handles this')
  export class Service {
    error = error
    async plain() { throw error }
    async waiting() { await 0; throw error }
    async withThis() { await 0; return (() => { throw this.error })() }
    async withArguments(first, second = 2) { await 0; throw [arguments.length, first, second].join() === '1,1,2' ? error : 0 }
    async ['computed']() { throw error }
  }
  export class Rows {
    async *rows() { yield 1 }
    async *withThis(first, second = 2) { await 0; yield [this, second] }
  }
  export class Others {
    plain() { return 1 }
    async() { return 1 }
    promise() { return Promise.resolve(1) }
    iterator() { return [1].values() }
    nested(id) { const inner = async () => id; return [inner(), inner()][0] }
    nestedGenerator(id) { const inner = async function* () { yield id }; return [inner(), inner()][0] }
    arrow = async () => 1
  }
`

/** Babel's helpers, as far as these methods need them: Oxc imports them from a package. */
const HELPERS: Record<string, string> = {
  _asyncToGenerator: `body => function (...args) {
    const step = (generator, method, value) => {
      const result = generator[method](value)
      return result.done ? result.value : Promise.resolve(result.value).then(
        next => step(generator, 'next', next), thrown => step(generator, 'throw', thrown))
    }
    return new Promise(resolve => resolve(step(body.apply(this, args), 'next')))
  }`,
  _wrapAsyncGenerator: 'body => body',
  _awaitAsyncGenerator: 'value => value',
  _defineProperty: '(object, key, value) => { object[key] = value }',
}

const tsc = (path: string, ...options: string[]): Promise<unknown> => {
  const args = ['--target', 'es2017', '--module', 'esnext', '--noCheck', '--ignoreConfig', ...options, path]
  return promisify(execFile)(fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url)), args)
}

/** Each writes the compiled source to `path`, for a target without what it has to compile. */
const COMPILERS: Record<string, (path: string) => Promise<unknown>> = {
  none: path => writeFile(path, SOURCE),
  esbuild: async path => writeFile(path, (await transform(SOURCE, { target: 'es2016' })).code),
  'esbuild, without whitespace': async path =>
    writeFile(path, (await transform(SOURCE, { target: 'es2016', minifyWhitespace: true, minifySyntax: true })).code),
  'Oxc, with the helpers of Babel': async path => {
    const { code } = await transformWithOxc(SOURCE, 'service.js', { target: 'es2016' })
    await writeFile(
      path,
      code.replaceAll(/import (\w+) from .*\n/g, (_, name) => `const ${name} = ${HELPERS[name]}\n`),
    )
  },
  TypeScript: async path => {
    await writeFile(path.replace('.mjs', '.mts'), SOURCE)
    await tsc(path.replace('.mjs', '.mts'), '--target', 'es2016')
  },
  'TypeScript, for ES2017': async path => {
    await writeFile(path.replace('.mjs', '.mts'), SOURCE)
    await tsc(path.replace('.mjs', '.mts'))
  },
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-compiled-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Compiled {
  error: Error
  Service: new () => Record<string, (...args: unknown[]) => Promise<unknown>>
  Rows: { prototype: Record<string, Method> }
  Others: { prototype: Record<string, Method> }
}

describe.each(Object.entries(COMPILERS))('compiled by %s', (name, compileTo) => {
  let compiled: Compiled
  beforeAll(async () => {
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`)
    await compileTo(path)
    compiled = await import(pathToFileURL(path).href)
  })
  const kindsOf = (prototype: object): MethodKind[] =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([key]) => key !== 'constructor')
      .map(([, { value }]) => kindOf(value))

  test('distinguishes async methods, generators and others', () => {
    const { Service, Rows, Others } = compiled
    expect(new Set(kindsOf(Service.prototype))).toEqual(new Set(['async']))
    expect(new Set(kindsOf(Rows.prototype))).toEqual(new Set(['generator']))
    expect(new Set(kindsOf(Others.prototype))).toEqual(new Set(['other']))
  })

  test('an unhandled rejection of a monitored async method is reported', async () => {
    const { Service, error } = compiled
    for (const key of Object.getOwnPropertyNames(Service.prototype)) {
      if (key === 'constructor') continue
      decorateLegacy(monitored(), Service.prototype, key)
      const service = new Service()
      expect(await unhandledDuring(async () => void service[key]?.(1)), key).toEqual([error])
      const handled = async (): Promise<void> => void (await service[key]?.(1).catch(() => {}))
      expect(await unhandledDuring(handled), key).toEqual([])
    }
  })

  test('@monitored refuses generators', () => {
    const { prototype } = compiled.Rows
    for (const key of ['rows', 'withThis']) {
      expect(() => decorateLegacy(monitored(), prototype, key)).toThrow(`not for a generator: ${key} is one`)
    }
  })
})

test.each<[string, string, MethodKind]>([
  [
    'TypeScript, importing its helpers',
    'function () { return tslib_1.__awaiter(this, void 0, void 0, function* () {}) }',
    'async',
  ],
  [
    'TypeScript, for ES5',
    'function () { return __awaiter(this, void 0, void 0, function () { return __generator(this, function () {}) }) }',
    'async',
  ],
  ['TypeScript, a generator for ES5', 'function () { return __generator(this, function () {}) }', 'generator'],
  ['Babel, with its runtime', 'function () { return (0, _asyncToGenerator2.default)(function* () {})() }', 'async'],
  [
    'Babel, an async generator',
    'function () { var _this = this; return (0, _wrapAsyncGenerator2.default)(function* () {})() }',
    'generator',
  ],
  ['SWC', 'function () { return _async_to_generator(function*() {})() }', 'async'],
  ['SWC, an async generator', 'function () { return _wrap_async_generator(function*() {})() }', 'generator'],
  ['a library of the app', 'function () { return co(function* () {}) }', 'other'],
  ['a helper of the app', 'function () { return _runGenerator(function* () {}) }', 'other'],
  ['a property of every object', 'function () { return __constructor(function* () {}) }', 'other'],
])('recognises the output of %s', (_, text, kind) => {
  expect(kindOf(runInThisContext(`(${text})`))).toBe(kind)
})

test('a function that only inherits from AsyncFunction is not async', () => {
  const promise = Promise.resolve()
  const memoised = Object.setPrototypeOf(
    () => promise,
    Object.getPrototypeOf(async () => {}),
  )
  expect(kindOf(memoised)).toBe('other')
  expect(kindOf((async () => {}).bind(null))).toBe('other')
  expect(kindOf(new Proxy(async () => {}, {}))).toBe('other')
})
