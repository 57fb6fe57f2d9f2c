import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../../cli/run-command.ts'
import schema from '../../../model/comparison/comparison.schema.json' with { type: 'json' }
import { comparedSession } from '../../support/compared-sessions.ts'
import { inventedSession } from '../model/insights/invented-session.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-compare-'))
  for (let run = 1; run <= 3; run++) {
    await writeFile(join(folder, `base${run}.json`), comparedSession(run))
    await writeFile(join(folder, `like${run}.json`), comparedSession(run + 20))
    await writeFile(join(folder, `slow${run}.json`), comparedSession(run + 10, { slowdown: 1.6 }))
    await writeFile(join(folder, `fail${run}.json`), comparedSession(run + 30, { failures: 20 }))
  }
  await writeFile(join(folder, 'hostile.json'), comparedSession(9, { path: '/a`|\u001b[2J<script>' }))
  await writeFile(join(folder, 'empty.json'), inventedSession().text())
  await writeFile(join(folder, 'future.json'), comparedSession(1).replace('"version":2', '"version":9'))
  await writeFile(join(folder, 'other.json'), '{"a":1}')
  await symlink(join(folder, 'base1.json'), join(folder, 'link.json'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...args: string[]) {
  let [out, err] = ['', '']
  const files = args.map(arg => arg.replace(/^@(.*)$/, (_, name) => join(folder, `${name}.json`)))
  const code = await runCommand(['compare', ...files], {
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
  })
  return { code, out, err }
}

const base = ['@base1', '@base2', '@base3']

describe('perf-devtools compare', () => {
  test('finds what became slower, and exits with 1', async () => {
    const { code, out, err } = await run(...base, '--with', '@slow1', '@slow2', '@slow3')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toMatch(/^slower +GET \/api\/cart .*\+\d+% \(\+\d+% to \+\d+%\)/m)
    expect(out).not.toMatch(/^slower +GET \/api\/user/m)
  })

  test('exits with 0 where nothing became slower', async () => {
    const { code, out } = await run(...base, '--with', '@like1', '@like2', '@like3')
    expect(code).toBe(0)
    expect(out).not.toMatch(/^slower/m)
  })

  test('exits with 1 where more fail, and names the insight that is new', async () => {
    const { code, out } = await run(...base, '--with', '@fail1', '@fail2', '@fail3')
    expect(code).toBe(1)
    expect(out).toContain('failed 0 → 60 (more than by chance)')
    expect(out).toContain('new insight: ')
  })

  test('takes thresholds', async () => {
    const sides = [...base, '--with', '@slow1', '@slow2', '@slow3']
    expect((await run(...sides, '--slower', '200%')).code).toBe(0)
    expect((await run(...sides, '--at-least', '1s')).code).toBe(0)
  })

  test('writes JSON as its schema says', async () => {
    const { out } = await run(...base, '--with', '@fail1', '@fail2', '@fail3', '--format', 'json')
    const validate = new Ajv2020({ strict: true }).compile(schema)
    const file = JSON.parse(out)
    expect(validate(file) ? [] : validate.errors).toEqual([])
    expect(file.names.map(({ name }: { name: string }) => name)).toEqual(['GET /api/user', 'GET /api/cart'])
    expect(file.runs).toEqual({ before: 3, after: 3 })
    expect(file.insights.new).not.toEqual([])
  })

  test.each(['text', 'markdown'])('a hostile name cannot break out of %s', async format => {
    const { out } = await run(...base, '--with', '@hostile', '--format', format)
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    if (format === 'markdown') {
      for (const line of out.split('\n').filter(each => each.startsWith('|'))) {
        expect(line.replaceAll('\\|', '').split('|')).toHaveLength(9)
      }
    }
  })

  test('says above all what limits it', async () => {
    const { out } = await run('@base1', '--with', '@slow1')
    expect(out).toMatch(/^note: With a single run on a side/)
  })

  test.each([
    [['@base1', '--with', '@other'], "isn't a valid Perf session"],
    [['@base1', '--with', '@future'], 'was written by a newer version'],
    [['@base1', '--with', '@missing'], 'cannot be read'],
    [['@base1', '--with', '@empty'], 'has no operations'],
    [['@empty', '--with', '@base1'], 'has no operations'],
    [['@base1', '--with', '@base1'], 'is named twice'],
    [['@base1', '@base1', '--with', '@slow1'], 'is named twice'],
    [['@base1', '--with', '@link'], 'is named twice'],
    [['@base1', '--with'], 'after --with'],
    [['--with', '@base1'], 'before --with'],
    [['@base1', '@slow1'], 'after --with'],
    [['@base1', '--with', '@slow1', '--slower', 'much'], '--slower'],
    [['@base1', '--with', '@slow1', '--at-least', 'soon'], '--at-least'],
  ])('refuses %j', async (args, reason) => {
    const { code, out, err } = await run(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(reason)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
