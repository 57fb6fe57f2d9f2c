// Test (Node): the source of a program whose methods return what libraries have for promises.

/**
 * Prints for each library whether the caller got its very object and what that is good for, the operation's outcome
 * when the call had returned, and in the end.
 */
export const PROMISE_LIBRARIES = `
import { execa } from 'execa'
import knex from 'knex'
import { flow } from 'mobx'
import PLazy from 'p-lazy'
import pMemoize from 'p-memoize'
import { createElement, Suspense, use } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { monitored, PerformanceMonitor } from 'perf-devtools'

const monitor = PerformanceMonitor.getInstance()
const results = {}
let connections = 0
let lazyRuns = 0
class Client extends knex.Client {
  acquireConnection() {
    connections++
    return Promise.reject(new Error('no database'))
  }
}
const database = knex({ client: Client })
const later = (value, ms = 1) => new Promise(resolve => setTimeout(resolve, ms, value))
const loadUser = flow(function* (id) {
  yield later(undefined, 1_000_000)
})
const users = new Map()

const methods = {
  execa: code => execa(process.execPath, ['-e', \`process.exit(\${code})\`]),
  knex: id => database('users').where({ id }),
  lazy: () => PLazy.from(() => ++lazyRuns),
  flow: id => loadUser(id),
  memoized: pMemoize(async id => later(id)),
  react: id => users.get(id) ?? users.set(id, later(\`user \${id}\`)).get(id),
}

/** Decorates a method that notes what it returns, calls it and looks at what comes. */
async function look(name, argument, inspect) {
  const returned = []
  const service = {
    [name](...args) {
      const value = methods[name](...args)
      returned.push(value)
      return value
    },
  }
  const decorate = monitored(name)
  Object.defineProperty(service, name, decorate(service, name, Object.getOwnPropertyDescriptor(service, name)))
  const value = service[name](argument)
  const same = value === returned[0]
  const outcome = () => {
    const all = [...monitor.getMetrics().operations, ...monitor.getPendingOperations()]
    return all.find(({ operationName }) => operationName === name).outcome
  }
  const atReturn = outcome()
  const seen = await inspect(value, () => service[name](argument))
  results[name] = { same, seen, outcomes: [atReturn, outcome()] }
}

await look('execa', 3, async child => {
  const error = await child.catch(thrown => thrown)
  return [typeof child.pid, typeof child.kill, error.exitCode]
})
await look('knex', 1, async query => {
  await later()
  const before = connections
  const sql = query.andWhere('age', '>', 5).toSQL().sql
  return [before, sql, await query.catch(({ message }) => message), connections]
})
await look('lazy', undefined, async promise => {
  await later()
  const before = lazyRuns
  return [before, await promise, lazyRuns]
})
await look('flow', 1, async promise => {
  promise.cancel()
  return promise.catch(({ message }) => message)
})
await look('memoized', 1, async (promise, again) => [promise === again(), await promise])
await look('react', 7, async (_, again) => {
  const User = () => createElement('p', null, use(again()))
  const stream = new PassThrough()
  const rendering = renderToPipeableStream(createElement(Suspense, null, createElement(User)), {
    onAllReady: () => rendering.pipe(stream),
  })
  return /<p>.*?<\\/p>/.exec(await text(stream))?.[0]
})
console.log(JSON.stringify(results))
process.exit()
`
