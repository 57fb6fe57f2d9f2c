// Test (Node): the compiler knows only what there is in the world that a folder runs in.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

async function librariesOf(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(`${root}node_modules/.bin/tsc`, ['-p', folder, '--listFilesOnly'], {
    cwd: root,
  })
  return stdout.split('\n').flatMap(file => /lib\.(dom|webworker)\.d\.ts$/.exec(file)?.[1] ?? [])
}

test.each([
  ['extension/background', ['webworker']],
  ['extension/shared', []],
  ['extension/relay', ['dom']],
  ['storage', ['webworker']],
  ['wire', []],
])('%s', async (folder, libraries) => {
  expect(await librariesOf(folder)).toEqual(libraries)
})
