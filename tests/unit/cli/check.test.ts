import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AppSession } from '../../../bench/insights/generator/app-session.ts'
import { ask, inventedSession } from '../model/insights/invented-session.ts'
import { run as runIn } from './run.ts'

let folder: string
const run = (...args: string[]) => runIn(folder, ...args)

/** Thirty users and orders, each answered after about so many milliseconds, which varies a little from call to call. */
function session(run: number, usersMs: number, ordersMs = 80): AppSession {
  const found = inventedSession()
  const vary = (i: number): number => ((i * 37 + run * 11) % 13) - 6
  ask(found, 0, 30, -80, i => ({ path: '/api/users', server: usersMs + vary(i) }))
  ask(found, 20_000, 30, -80, i => ({ path: '/api/orders', server: ordersMs + vary(i + 5) }))
  return found
}

const runs = (name: string, usersMs: number, count = 5) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      writeFile(join(folder, name, `shop~${i}.json`), session(i, usersMs).text()),
    ),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-check-'))
  for (const name of ['before', 'same', 'slow', 'few', 'n1']) await mkdir(join(folder, name))
  await runs('before', 100)
  await runs('same', 101)
  await runs('slow', 150)
  await writeFile(join(folder, 'few', 'shop~0.json'), shortSession().text())
  const many = inventedSession()
  many.request(0, { path: '/api/users', site: ['load'], server: 60, size: 1_000, queued: 1 })
  ask(many, 100, 12, -5, i => ({ path: `/api/users/${i + 1}/orders`, server: 60 }))
  await writeFile(join(folder, 'n1', 'list~0.json'), many.text())
  await config('config.json', { baseline: join(folder, 'baseline') })
  expect(await run('baseline', '@before', '--config', '@config.json')).toMatchObject({ code: 0, err: '' })
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => {
  delete process.env.GITHUB_STEP_SUMMARY
})

function shortSession(): AppSession {
  const found = inventedSession()
  ask(found, 0, 5, -80, () => ({ path: '/api/users', server: 120 }))
  return found
}

const config = (name: string, settings: object) => writeFile(join(folder, name), JSON.stringify(settings))

describe('perf-devtools check', () => {
  test('reads a configuration that an editor on Windows has written, in a folder with blanks and an emoji', async () => {
    const name = 'with blank ☕'
    await mkdir(join(folder, name, 'sessions'), { recursive: true })
    await writeFile(join(folder, name, 'config.json'), '\ufeff{\r\n  "insights": ["n-plus-one"]\r\n}\r\n')
    await copyFile(join(folder, 'n1', 'list~0.json'), join(folder, name, 'sessions', 'list ☕~0.json'))
    expect(await run('check', `@${name}/sessions`, '--config', `@${name}/config.json`)).toMatchObject({
      code: 1,
      err: '',
    })
  })

  test('says that a folder has no sessions, instead of passing', async () => {
    await mkdir(join(folder, 'none'))
    for (const paths of [['@none'], ['@same', '@none']]) {
      for (const command of ['check', 'baseline']) {
        const { code, err } = await run(command, ...paths, '--config', '@config.json')
        expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/none has no session files: .*\.\n$/) })
      }
    }
  })

  test('says that there is nothing to check against, and fails for it with --strict', async () => {
    await config('nothing.json', {})
    const { code, out } = await run('check', '@same', '--config', '@nothing.json')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('There is nothing to check against') })
    expect((await run('check', '@same', '--config', '@nothing.json', '--strict')).code).toBe(1)
  })

  test.each([
    ['baseline', '@same', '--out', '@config.json'],
    ['baseline', '@same', '--out', '@config.json/folder'],
    ['baseline', '@same', '--out', ''],
    ['check', '--config', '@unwritable.json'],
  ])('says in one sentence where it cannot write: %j %j %j %j', async (...args) => {
    await config('unwritable.json', { command: 'true', results: join(folder, 'config.json', 'results') })
    const { code, out, err } = await run(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^perf-devtools (?:baseline|check): .+\.\n$/)
  })

  test('exits with 2 where the summary of a step cannot be written', async () => {
    process.env.GITHUB_STEP_SUMMARY = folder
    expect(await run('check', '@same', '--config', '@config.json')).toMatchObject({
      code: 2,
      err: 'perf-devtools check: GITHUB_STEP_SUMMARY cannot be written: it is a folder.\n',
    })
  })

  test('passes where nothing changed', async () => {
    const { code, out } = await run('check', '@same', '--config', '@config.json', '--strict')
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('same') })
  })

  test('names what became slower, with its interval and the sessions that show it', async () => {
    const { code, out } = await run('check', '@slow', '--config', '@config.json')
    expect(code).toBe(1)
    expect(out).toMatch(/slower +GET \/api\/users +\+\d+% \(\+\d+% to \+\d+%\)/)
    expect(out).not.toMatch(/slower +GET \/api\/orders/)
    expect(out).toContain(join(folder, 'slow', 'shop~0.json'))
  })

  test('passes what is inconclusive, and says how many more runs would tell; not with --strict', async () => {
    const loose = await run('check', '@few', '--config', '@config.json')
    expect(loose).toMatchObject({
      code: 0,
      out: expect.stringMatching(/inconclusive .*about \d+ more runs? would tell/),
    })
    expect((await run('check', '@few', '--config', '@config.json', '--strict')).code).toBe(1)
  })

  test('holds sessions against budgets', async () => {
    await config('budgets.json', { budgets: { 'GET /api/*': { p95: 50, count: 30 }, nothing: { max: 1 } } })
    const { code, out } = await run('check', '@same', '--config', '@budgets.json')
    expect(code).toBe(1)
    expect(out).toMatch(/exceeded +GET \/api\/orders: p95 is \d+ ms, and the budget allows 50 ms/)
    expect(out).toContain('The budget of "nothing" matches no operation.')
    await config('kept.json', { budgets: { 'GET /api/*': { p95: 5_000, count: 30 } } })
    expect((await run('check', '@same', '--config', '@kept.json', '--strict')).code).toBe(0)
  })

  test('finds the insights that are not wanted', async () => {
    await config('insights.json', { insights: ['n-plus-one'] })
    expect(await run('check', '@n1', '--config', '@insights.json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('n-plus-one'),
    })
    expect((await run('check', '@same', '--config', '@insights.json')).code).toBe(0)
  })

  test('writes JSON, Markdown and JUnit, and the summary of a step', async () => {
    const json = JSON.parse((await run('check', '@slow', '--config', '@config.json', '--format', 'json')).out)
    expect(json.sections[0]).toMatchObject({ test: 'shop', names: [{ name: 'GET /api/users', verdict: 'slower' }, {}] })
    const summary = join(folder, 'summary.md')
    process.env.GITHUB_STEP_SUMMARY = summary
    const { out } = await run('check', '@slow', '--config', '@config.json', '--format', 'junit')
    expect(out).toMatch(/<testsuite name="perf-devtools check" tests="2" failures="1" skipped="0">/)
    expect(await readFile(summary, 'utf8')).toMatch(/^## Perf: 1 failed, 1 passed\./)
    delete process.env.GITHUB_STEP_SUMMARY
    expect((await run('check', '@slow', '--config', '@config.json', '--format', 'markdown')).out).toContain(
      '| slower |',
    )
  })

  test('runs the tests as often as it should, and fails where they fail', async () => {
    const write = `const fs = require('fs'); fs.copyFileSync('${join(folder, 'same', 'shop~0.json')}', process.env.PERF_SESSIONS + '/shop~' + process.env.PERF_RUN + '-0-0.json')`
    const node = (program: string): string => `${process.execPath} -e ${JSON.stringify(program)}`
    const results = join(folder, 'results')
    await config('command.json', { command: node(write), runs: 3, results })
    const ran = await run('check', '--config', '@command.json')
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining('run 3 of 3') })
    expect(await readdir(results)).toEqual(['shop~1-0-0.json', 'shop~2-0-0.json', 'shop~3-0-0.json'])
    await config('fails.json', { command: node('console.error("broken"); process.exit(7)'), results })
    const failed = await run('check', '--config', '@fails.json')
    expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('broken') })
    expect(failed.out).toContain('The tests failed in run 1 of 5 (exit code 7).')
    await config('silent.json', { command: node(''), results })
    expect(await run('check', '--config', '@silent.json')).toMatchObject({ code: 2, out: '' })
  })

  test.each([
    ['{', 'is not JSON'],
    ['[]', 'must hold an object'],
    ['{"budget":{}}', 'there is no setting "budget"'],
    ['{"runs":0}', 'runs has to be a whole number'],
    ['{"slower":10}', 'slower has to be a text'],
    ['{"slower":"ten"}', 'takes a share such as 10%'],
    ['{"budgets":{"a":{"p99":1}}}', 'no limit "p99"'],
    ['{"budgets":{"a":{"p95":"1"}}}', 'p95 of "a" has to be a number'],
    ['{"insights":["n+1"]}', 'there is no insight "n+1"'],
    ['{"budgets":{"a":[]}}', 'the budget of "a" has to be an object'],
    ['{"baseline":"nowhere"}', 'there is no baseline in nowhere'],
    ['\ufeff{"\\u001b[31mred\\n":1}', 'there is no setting "\\u001b[31mred\\n"'],
  ])('refuses the configuration %s', async (text, message) => {
    await writeFile(join(folder, 'wrong.json'), text)
    const { code, out, err } = await run('check', '@same', '--config', '@wrong.json')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

test('perf-devtools validate says of each file whether it is a session', async () => {
  await writeFile(join(folder, 'other.json'), '{"a":1}')
  const mixed = await run('validate', '@same/shop~0.json', '@other.json')
  expect(mixed.code).toBe(2)
  expect(mixed.out).toMatch(/ok .*60 operations\nfailed .*other\.json isn't a valid Perf session: /)
  expect((await run('validate', '@same/shop~0.json')).code).toBe(0)
})

test.each(['record', 'check', 'baseline', 'compare', 'insights', 'validate', 'send', 'mcp'])(
  '%s explains itself',
  async name => {
    const { code, out, err } = await run(name, '--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`^perf-devtools ${name}\\b`))
    expect(out).toContain('Exit code: 0')
  },
)
