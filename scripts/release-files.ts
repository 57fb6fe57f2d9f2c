// World: Node. The files that a release uploads to the stores and to npm. The same sources give the same bytes.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import packageJson from '../package.json' with { type: 'json' }
import { type BrowserName, buildExtension } from './build.ts'
import { projectRoot } from './project-root.ts'
import { zip } from './zip.ts'

const run = promisify(execFile)

/** Where the files go. */
const RELEASE = join(projectRoot, 'dist/release')
const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox']

/** Into dist/release: both extensions, the sources that addons.mozilla.org asks for, the npm package, and their hashes. */
export async function writeReleaseFiles(): Promise<void> {
  await rm(RELEASE, { recursive: true, force: true })
  await mkdir(RELEASE, { recursive: true })
  const { version } = packageJson
  for (const browser of BROWSERS) {
    await write(`perf-${browser}-${version}.zip`, zip(await builtFiles(browser)))
  }
  await write(`perf-firefox-${version}-source.zip`, zip(await readFiles(projectRoot, await sourceNames())))
  await run('npm', ['pack', '--pack-destination', RELEASE], { cwd: projectRoot })
  await write('SHA256SUMS', Buffer.from(await hashes()))
}

/** In a folder of its own, so that dist/extension stays what `npm run build` has made. */
async function builtFiles(browser: BrowserName): Promise<Map<string, Buffer>> {
  const folder = join(RELEASE, 'unpacked')
  // Vite builds something else for `NODE_ENV=test`, which tests of this script have.
  const env = { ...process.env, NODE_ENV: 'production' }
  if (!(await buildExtension(browser, { outDir: folder, env }))) throw new Error('The extension could not be built.')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
  const files = await readFiles(folder, names)
  await rm(folder, { recursive: true })
  return files
}

/** What git tracks, or would if it were added: no output of a build, and nothing that is ignored. */
async function sourceNames(): Promise<string[]> {
  const options = { cwd: projectRoot, maxBuffer: Number.POSITIVE_INFINITY }
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options)
  return stdout.split('\0').filter(name => name !== '')
}

async function readFiles(folder: string, names: readonly string[]): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const name of names) files.set(name.replaceAll(sep, '/'), await readFile(join(folder, name)))
  return files
}

/** As `sha256sum --check` reads them. */
async function hashes(): Promise<string> {
  const lines: string[] = []
  for (const name of (await readdir(RELEASE)).sort()) {
    const hash = createHash('sha256')
      .update(await readFile(join(RELEASE, name)))
      .digest('hex')
    lines.push(`${hash}  ${name}\n`)
  }
  return lines.join('')
}

async function write(name: string, bytes: Buffer): Promise<void> {
  await writeFile(join(RELEASE, name), bytes)
}
