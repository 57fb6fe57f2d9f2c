// Test (Node, real Chromium): the example project, from the packed library, as its README says to use it.
import { execFile } from 'node:child_process'
import { cp, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listenLocally } from '../../demo/local-server.ts'
import { readSessionFile } from '../../node/session-file.ts'
import { findChromium } from '../../scripts/find-chromium.ts'
import { type Consumer, createConsumer, ROOT } from '../package/consumer.ts'

/** Checks without a change, and runs of each: `npm run test:example` makes twenty of five. */
const CHECKS = Number(process.env.PERF_NOISE_CHECKS ?? 1)
const RUNS = CHECKS > 1 ? 5 : 2

let consumer: Consumer
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  const playwright = JSON.parse(await readFile(`${ROOT}node_modules/playwright/package.json`, 'utf8')).version
  consumer = await createConsumer({ playwright })
  await cp(`${ROOT}examples/shop`, consumer.folder, {
    recursive: true,
    filter: path => !/package\.json$/.test(path),
  })
  const { command: _, ...config } = JSON.parse(await readFile(`${ROOT}examples/shop/perf.config.json`, 'utf8'))
  const write = (name: string, command: string) => consumer.write(name, JSON.stringify({ ...config, command }))
  await write('perf.config.json', `npx playwright test -g cart --repeat-each=${RUNS}`)
  await write('items.json', 'npx playwright test -g items')
  const probe = await listenLocally(createServer())
  await probe.close()
  env = { ...process.env, CHROMIUM_PATH: await findChromium(), SHOP_PORT: `${probe.port}`, FORCE_COLOR: '0' }
}, 300_000)
afterAll(() => consumer.remove())

function perf(args: string[], planted: NodeJS.ProcessEnv = {}): Promise<{ code: number; out: string; err: string }> {
  const command = join(consumer.folder, 'node_modules/.bin/perf-devtools')
  return new Promise(resolve => {
    const child = execFile(command, args, { cwd: consumer.folder, env: { ...env, ...planted } }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err })
    })
  })
}

describe('the example project', () => {
  test('keeps a baseline', async () => {
    const { code, out, err } = await perf(['baseline'])
    expect({ code, err }).toMatchObject({ code: 0 })
    expect(out).toBe(`perf-baseline: ${RUNS} sessions of 1 test\n`)
  }, 300_000)

  test(
    `is green without a change (${CHECKS} times)`,
    async () => {
      for (let check = 0; check < CHECKS; check++) {
        const { code, out, err } = await perf(['check'])
        expect({ code, out, err }).toMatchObject({ code: 0 })
      }
    },
    300_000 * CHECKS,
  )

  test('is red where an endpoint takes half as long again, and names it, with its interval and sessions', async () => {
    const { code, out } = await perf(['check', '--format', 'json'], { SHOP_SLOW: '1' })
    expect(code).toBe(1)
    interface Section {
      names?: { name: string; verdict: string; ratio: { low: number; high: number } }[]
      sessions: string[]
    }
    const sections = JSON.parse(out).sections as Section[]
    const slower = sections.flatMap(({ names = [] }) => names.filter(({ verdict }) => verdict === 'slower'))
    expect(slower.map(({ name }) => name)).toEqual(['GET /api/cart'])
    expect(slower[0]?.ratio.low).toBeGreaterThan(1.1)
    expect(slower[0]?.ratio.high).toBeLessThan(2)
    const [file = ''] =
      sections.find(({ names = [] }) => names.some(({ name }) => name === 'GET /api/cart'))?.sessions ?? []
    expect((await readSessionFile(join(consumer.folder, file))).operations.length).toBe(12)
  }, 300_000)

  test('is red where the page asks for each item', async () => {
    const { code, out, err } = await perf(['check', '--config', 'items.json'], { SHOP_N_PLUS_ONE: '1' })
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('The tests failed in run 1 of 1') })
    expect(err).toContain('toHaveNoInsight')
    expect(err).toContain('n-plus-one')
  }, 300_000)
})
