import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expect as perfExpect } from '../../../playwright/matchers.ts'
import type { SessionFile } from '../../../session/format.ts'
import { comparedSession } from '../../support/compared-sessions.ts'

let folder: string
const path = (name: string): string => join(folder, name)
const baseline = () => [1, 2, 3, 4, 5].map(seed => path(`before-${seed}.json`))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-matchers-'))
  for (const seed of [1, 2, 3, 4, 5]) await writeFile(path(`before-${seed}.json`), comparedSession(seed))
  await writeFile(path('same.json'), comparedSession(6))
  await writeFile(path('half-again.json'), comparedSession(7, { slowdown: 1.5 }))
  await writeFile(path('twice.json'), comparedSession(8, { slowdown: 2 }))
  await writeFile(path('faster.json'), comparedSession(9, { slowdown: 0.5 }))
  await writeFile(path('fails.json'), comparedSession(10, { failures: 30 }))
  await writeFile(path('moved.json'), comparedSession(11, { path: '/api/basket' }))
})
afterAll(() => rm(folder, { recursive: true }))

test.each(['same', 'faster', 'moved'])('toBeNoSlowerThan passes a session that is %s', async name => {
  await perfExpect(path(`${name}.json`)).toBeNoSlowerThan(baseline())
})

test.each([
  ['half-again', /GET \/api\/cart/, /GET \/api\/user\b/],
  ['twice', /GET \/api\/cart/, /GET \/api\/user\b/],
  ['fails', /GET \/api\/user\b/, /GET \/api\/cart/],
])('toBeNoSlowerThan names what is worse in %s, and nothing else', async (name, worse, other) => {
  const failed = perfExpect(path(`${name}.json`)).toBeNoSlowerThan(baseline())
  await expect(failed).rejects.toThrow(/Slower than 5 session\(s\) of the baseline:/)
  await expect(failed).rejects.toThrow(worse)
  await expect(failed).rejects.not.toThrow(other)
})

test('toBeNoSlowerThan can be negated, and takes a session as an object', async () => {
  const session = JSON.parse(comparedSession(12, { slowdown: 2 })) as SessionFile
  await perfExpect(session).not.toBeNoSlowerThan(baseline())
  await expect(perfExpect(path('same.json')).not.toBeNoSlowerThan(baseline())).rejects.toThrow('Nothing is slower.')
})

test('toBeNoSlowerThan takes a single file as the baseline', async () => {
  await perfExpect(path('same.json')).toBeNoSlowerThan(path('before-1.json'))
  await perfExpect(path('twice.json')).not.toBeNoSlowerThan(path('before-1.json'))
})

test('toBeNoSlowerThan rejects a baseline that is not there, and one that is no session', async () => {
  await expect(perfExpect(path('same.json')).toBeNoSlowerThan(path('missing.json'))).rejects.toThrow('missing.json')
  await writeFile(path('photo.json'), 'JFIF')
  await expect(perfExpect(path('same.json')).toBeNoSlowerThan(path('photo.json'))).rejects.toThrow('photo.json')
  // Without a session on the other side nothing could be slower.
  await mkdir(path('empty'))
  for (const none of [[], path('empty')]) {
    await expect(perfExpect(path('same.json')).toBeNoSlowerThan(none)).rejects.toThrow('no session')
  }
})
