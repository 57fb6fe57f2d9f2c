import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, createConsumer, ROOT } from './consumer.ts'
import { mobxStores } from './mobx-store.ts'
import { NEST_APP, NEST_ROUTES } from './nest-app.ts'
import { PROMISE_LIBRARIES } from './promise-libraries.ts'
import { VUE_STATE } from './vue-state.ts'

const TSC = `${ROOT}node_modules/.bin/tsc`
const COMPILER_OPTIONS = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2023', 'dom'],
  types: [],
  strict: true,
  skipLibCheck: true,
}

let consumer: Consumer

beforeAll(async () => {
  consumer = await createConsumer({
    '@nestjs/common': '11.2.10',
    '@nestjs/core': '11.2.10',
    '@nestjs/platform-express': '11.2.10',
    execa: '9.6.1',
    knex: '3.3.0',
    mobx: '6.16.1',
    'p-lazy': '5.0.0',
    'p-memoize': '8.0.0',
    react: '19.3.1',
    'react-dom': '19.3.1',
    'reflect-metadata': '0.2.2',
    rxjs: '7.8.2',
    vue: '3.5.29',
  })
}, 300_000)
afterAll(() => consumer.remove())

/** Compiles a program, runs it and returns the JSON that it prints. */
async function runProgram(name: string, source: string, options: object): Promise<unknown> {
  await consumer.write(`${name}.ts`, source)
  const compilerOptions = { ...COMPILER_OPTIONS, ...options, outDir: name }
  await consumer.write(`${name}.json`, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }))
  await consumer.run(TSC, ['-p', `${name}.json`])
  return JSON.parse(await consumer.run(process.execPath, [`${name}/${name}.js`]))
}

test('NestJS answers as without @monitored, wherever it stands among the decorators', async () => {
  const { answers, tracked } = (await runProgram('nest', NEST_APP, {
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  })) as { answers: Record<string, { status: number }>; tracked: [string, number][] }
  for (const { plain, ours } of NEST_ROUTES) {
    for (const { path, decorators } of ours) {
      expect.soft(answers[path], decorators.join(' ')).toEqual(answers[plain.path])
    }
  }
  expect(NEST_ROUTES.map(({ plain }) => answers[plain.path]?.status)).toEqual([
    200, 403, 403, 200, 403, 403, 202, 200, 307, 403, 200, 403,
  ])
  // What a guard let in was tracked, and nothing else.
  const reached = NEST_ROUTES.flatMap(({ plain, ours }, index) =>
    answers[plain.path]?.status === 403 ? [] : [[`ours-${index}`, ours.length]],
  )
  expect(tracked).toEqual(reached)
}, 120_000)

describe.each([true, false])('MobX, experimentalDecorators: %s', experimentalDecorators => {
  test('actions stay actions with @monitored above or below', async () => {
    const name = `mobx-${experimentalDecorators}`
    const stores = await runProgram(name, mobxStores(experimentalDecorators), { experimentalDecorators })
    const asAlone = { actions: [true, true, true], runs: 4, sums: [1, 2, 3] }
    expect(stores).toEqual({
      results: [asAlone, asAlone, asAlone],
      warnings: [],
      tracked: [
        ['above', 3],
        ['below', 3],
      ],
    })
  })
})

test('thenables of libraries reach the caller unchanged and unstarted', async () => {
  const path = await consumer.write('promises.mjs', PROMISE_LIBRARIES)
  expect(JSON.parse(await consumer.run(process.execPath, [path]))).toEqual({
    // A child process with a `then` of its own, like all that is no promise, is not waited for.
    execa: { same: true, seen: ['number', 'function', 3], outcomes: ['ok', 'ok'] },
    knex: {
      same: true,
      seen: [0, 'select * from "users" where "id" = ? and "age" > ?', 'no database', 1],
      outcomes: ['ok', 'ok'],
    },
    lazy: { same: true, seen: [0, 1, 1], outcomes: ['ok', 'ok'] },
    flow: { same: true, seen: 'FLOW_CANCELLED', outcomes: ['pending', 'failed'] },
    memoized: { same: true, seen: [true, 1], outcomes: ['pending', 'ok'] },
    react: { same: true, seen: '<p>user 7</p>', outcomes: ['pending', 'ok'] },
  })
})

test('monitors work in the reactive state of Vue', async () => {
  const path = await consumer.write('vue.mjs', VUE_STATE)
  expect(JSON.parse(await consumer.run(process.execPath, [path]))).toEqual({
    names: [
      ['effect', false],
      ['child', true],
      ['reactive', false],
      ['ref', false],
      ['decorated', false],
    ],
    runs: 1,
    result: 5,
    labels: ['start'],
  })
})
