import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeScenario } from '../../../bench/insights/generator/scenario.ts'
import { runCommand } from '../../../cli/run-command.ts'

let folder: string
const { text } = writeScenario({ seed: 5, problems: ['retry-storm'], traps: ['paging'] })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-cli-'))
  await writeFile(join(folder, 'session.json'), text)
  await writeFile(join(folder, 'session.json.gz'), gzipSync(text))
  await writeFile(join(folder, 'other.json'), '{"a":1}')
  await writeFile(join(folder, 'cut.json'), text.slice(0, 900))
  await writeFile(join(folder, 'empty.json'), '')
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...args: string[]) {
  let [out, err] = ['', '']
  const code = await runCommand(
    args.map(arg => arg.replace(/^@/, `${folder}/`)),
    {
      out: more => {
        out += more
      },
      err: more => {
        err += more
      },
    },
  )
  return { code, out, err }
}

describe('perf-devtools insights', () => {
  test.each(['@session.json', '@session.json.gz'])('says what to fix in %s', async file => {
    const { code, out, err } = await run('insights', file)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('retry-storm')
  })

  test('writes an array of files as JSON', async () => {
    const { code, out } = await run('insights', '@session.json', '@session.json.gz', '--format', 'json')
    expect(code).toBe(0)
    const files = JSON.parse(out)
    expect(files).toHaveLength(2)
    expect(files[0].file).toMatch(/session\.json$/)
    expect(files[0].insights[0]).toMatchObject({
      kind: 'retry-storm',
      route: expect.any(String),
      confidence: 'certain',
      savedMs: expect.any(Number),
      count: expect.any(Number),
      operations: expect.arrayContaining([expect.any(String)]),
      sentence: expect.any(String),
      remedy: expect.any(String),
    })
  })

  test('writes Markdown', async () => {
    const { code, out } = await run('insights', '@session.json', '--format', 'markdown')
    expect(code).toBe(0)
    expect(out).toMatch(/^## .*session\.json/)
  })

  test.each([
    ['@missing.json', 'cannot be read: there is no such file'],
    ['@other.json', "isn't a valid Perf session"],
    ['@cut.json', 'cut off'],
    ['@empty.json', 'it is empty'],
    ['@', 'cannot be read: it is a folder'],
  ])('says in one sentence that %s is no session', async (file, reason) => {
    const { code, out, err } = await run('insights', file)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain(reason)
  })

  test.each([['\\u001b[31mred\\u0007\\r\\nsecond'], ['\\u202etxet']])(
    'shows no character of a file that a terminal would obey: %s',
    async name => {
      await writeFile(join(folder, 'control.json'), `{"format":"perf-session","version":2,"${name}":1}`)
      for (const args of [['insights'], ['validate'], ['validate', '--format', 'markdown']]) {
        const { out, err } = await run(...(args as [string]), '@control.json')
        expect(out + err).toContain(name.slice(0, 6))
        expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u)
      }
    },
  )

  test.each([[[]], [['@session.json', '--format', 'xml']], [['@session.json', '--wrong']]])(
    'refuses wrong usage: %j',
    async args => {
      const { code, out, err } = await run('insights', ...args)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toMatch(/^perf-devtools insights: /)
    },
  )

  test('explains itself', async () => {
    expect(await run('insights', '--help')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('--format'),
    })
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('insights') })
    expect(await run('unheard-of')).toMatchObject({ code: 2, out: '' })
  })
})
