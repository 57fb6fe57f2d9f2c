// World: Node, run by `npm version`: writes the new version of package.json to the two other places that have it. The
// manifest takes it from package.json when it is built.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { projectRoot } from './project-root.ts'

const { version } = packageJson
await replace('monitor/version.ts', /VERSION = '.*'/, `VERSION = '${version}'`)
await replace('CHANGELOG.md', /^## Unreleased$/m, `## ${version}`)

async function replace(name: string, pattern: RegExp, text: string): Promise<void> {
  const path = join(projectRoot, name)
  const before = await readFile(path, 'utf8')
  if (!pattern.test(before)) throw new Error(`${name} has no ${pattern}.`)
  await writeFile(path, before.replace(pattern, text))
}
