import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../../../cli/run-command.ts'
import { FORMATS } from '../../../model/formats/formats.ts'
import { schemaErrors } from '../../browser/session-schema.ts'
import { richSessionFile } from '../../support/rich-session.ts'
import { harProblems } from '../model/formats/har-validity.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-convert-'))
  await writeFile(join(folder, 'session.json'), JSON.stringify(richSessionFile()))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...args: string[]) {
  const out: Uint8Array[] = []
  let err = ''
  const streams = {
    out: (more: string | Uint8Array) => out.push(Buffer.from(more)),
    err(more: string) {
      err += more
    },
  }
  const paths = args.map(arg => arg.replace(/^@/, `${folder}/`))
  const code = await runCommand(paths, streams)
  return { code, out: Buffer.concat(out).toString(), err }
}

test('the session that the tests of formats use is one', () => {
  expect(schemaErrors(richSessionFile(1_000))).toEqual([])
})

test.each(FORMATS.map(({ id }) => id))('writes a session as %s', async id => {
  const { code, err } = await run('convert', '@session.json', '--to', id, '--out', `@${id}`)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect((await readFile(join(folder, id))).length).toBeGreaterThan(500)
})

test('writes to standard output, and compresses what is named so', async () => {
  const { code, out } = await run('convert', '@session.json', '--to', 'har')
  expect(code).toBe(0)
  expect(harProblems(out)).toEqual([])
  await run('convert', '@session.json', '--to', 'har', '--out', '@out.har.gz')
  expect(gunzipSync(await readFile(join(folder, 'out.har.gz'))).toString()).toBe(out)
})

test.each([
  [['--to', 'har']],
  [['@session.json']],
  [['@session.json', '--to', 'xml']],
  [['@session.json', '@session.json', '--to', 'har']],
  [['@missing.json', '--to', 'har']],
  [['@session.json', '--to', 'har', '--out', '@no/such/folder.har']],
])('says in one sentence what is wrong with %j', async args => {
  const { code, out, err } = await run('convert', ...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(/^perf-devtools convert: .+\.\n$/)
})
