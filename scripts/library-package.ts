// World: Node. Makes the two forms of the package, ES modules and CommonJS, of what the compiler has put into dist/lib.

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { transform } from 'esbuild'
import { buildCommand, buildPlaywright } from './node-bundles.ts'
import { projectRoot } from './project-root.ts'
import { runNodeModule } from './run-node-module.ts'

const COMPILED = join(projectRoot, 'dist/lib')
const PACKAGE = join(projectRoot, 'dist/package')
const PLAYWRIGHT = join(projectRoot, 'dist/playwright')
const ENTRIES = ['monitor/index', 'monitor/node']

/** Into dist/package. Returns whether it worked; its output is shown. */
export async function buildLibrary(): Promise<boolean> {
  if ((await runNodeModule('typescript/bin/tsc', ['-b', 'monitor', 'playwright'])) !== 0) return false
  await rm(PACKAGE, { recursive: true, force: true })
  await writeModules()
  await writeTypes()
  await Promise.all([buildCommand(), buildPlaywright()])
  await writePlaywrightTypes()
  // Node and TypeScript take the files of a folder for what the nearest package.json says.
  await writeFile(join(PACKAGE, 'cjs/package.json'), '{ "type": "commonjs" }\n')
  return true
}

async function writeModules(): Promise<void> {
  // Shared, so that a name is the same in all files.
  const mangleCache = {}
  for (const [name, code] of await reachable('.js')) {
    for (const format of ['esm', 'cjs'] as const) {
      // Members whose names begin with `_` are only for the library itself: short names keep it small in every app.
      const options = {
        format,
        platform: format === 'cjs' ? 'node' : 'neutral',
        mangleProps: /^_[a-z]/,
        mangleCache,
        target: 'es2022',
      } as const
      const result = await transform(code, options)
      Object.assign(mangleCache, result.mangleCache)
      await write(join(PACKAGE, format, name), result.code)
    }
  }
}

/** Both forms have types of their own: the same text, which TypeScript reads as either by the folder that it is in. */
async function writeTypes(): Promise<void> {
  for (const [name, code] of await reachable('.d.ts')) {
    // Versions of TypeScript before 5.7 find no `./file.ts` from a declaration file.
    await write(join(PACKAGE, 'esm', name), code.replaceAll(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'))
  }
  await cp(join(PACKAGE, 'esm'), join(PACKAGE, 'cjs'), { recursive: true, filter: path => !path.endsWith('.js') })
}

/** The fixture's own types, for its two forms. */
async function writePlaywrightTypes(): Promise<void> {
  for (const [name, code] of await reachable('.d.ts', ['playwright/index'])) {
    const text = code.replaceAll(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2')
    await write(join(PLAYWRIGHT, 'esm', name), text)
    await write(join(PLAYWRIGHT, 'cjs', name), text)
  }
  await writeFile(join(PLAYWRIGHT, 'cjs/package.json'), '{ "type": "commonjs" }\n')
}

/** The compiled files that the entries need, by path within dist/lib. */
async function reachable(extension: '.js' | '.d.ts', entries = ENTRIES): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const waiting = entries.map(entry => `${entry}${extension}`)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue
    const code = await readFile(join(COMPILED, name), 'utf8')
    found.set(name, code)
    for (const [, path = ''] of code.matchAll(/(?:from|import) ['"](\.[^'"]*)\.[jt]s['"]/g)) {
      waiting.push(`${join(dirname(name), path)}${extension}`)
    }
  }
  return found
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
