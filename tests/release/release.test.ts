import { execFile } from 'node:child_process'
import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoServer } from '../../demo/server.ts'
import { VERSION } from '../../monitor/version.ts'
import { openChromium } from '../../scripts/chromium-session.ts'
import { exportSession } from '../../scripts/export-session.ts'
import { openFirefox } from '../../scripts/firefox-session.ts'
import type { SessionFile } from '../../session/format.ts'
import { Panel } from '../firefox/panel.ts'
import { ROOT } from '../package/consumer.ts'

const run = promisify(execFile)
/** What was recorded takes a batch's time to arrive. */
const PATIENT = { timeout: 20_000 }
let demo: Awaited<ReturnType<typeof startDemoServer>>
let folder: string
/** The same release twice: from this project's sources, and from the archive of sources within that release. */
let first: string
let second: string

/** `npm run package` in a copy that is a repository of its own. Returns where the files are. */
async function packageIn(copy: string): Promise<string> {
  await run('git', ['init', '--quiet'], { cwd: copy })
  await symlink(`${ROOT}node_modules`, join(copy, 'node_modules'))
  // .gitignore has a folder of this name, and not a link.
  await appendFile(join(copy, '.git/info/exclude'), 'node_modules\n')
  await run('npm', ['run', 'package'], { cwd: copy })
  return join(copy, 'dist/release')
}

const namesIn = ({ operations }: SessionFile): string[] => operations.map(({ operationName }) => operationName)

beforeAll(async () => {
  demo = await startDemoServer()
  folder = await mkdtemp(join(tmpdir(), 'perf-release-'))
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  for (const name of stdout.trim().split('\n')) await cp(`${ROOT}${name}`, join(folder, 'first', name))
  first = await packageIn(join(folder, 'first'))
  const copy = join(folder, 'a-second-folder')
  await run('unzip', ['-q', join(first, `perf-firefox-${VERSION}-source.zip`), '-d', copy])
  second = await packageIn(copy)
}, 300_000)
afterAll(async () => {
  await demo.close()
  await rm(folder, { recursive: true })
})

test('a release built again from its own archive of sources has the same bytes', async () => {
  const sums = await readFile(join(first, 'SHA256SUMS'), 'utf8')
  expect(sums.trim().split('\n')).toHaveLength(4)
  expect(await readFile(join(second, 'SHA256SUMS'), 'utf8')).toBe(sums)
  await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: second })
})

test('the chromium zip installs, and records', async () => {
  const extensionDir = join(folder, 'installed')
  await run('unzip', ['-q', join(first, `perf-chromium-${VERSION}.zip`), '-d', extensionDir])
  const chromium = await openChromium({ extensionDir, headless: true, devtools: true })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const devtools = await chromium.devtoolsFor(page)
    await page.goto(`${demo.url}/empty`)
    await page.evaluate(() => fetch('/api/users'))
    await expect.poll(async () => namesIn(await exportSession(devtools)), PATIENT).toEqual(['GET /api/users'])
  } finally {
    await chromium.close()
  }
})

test('the firefox zip installs, and records', async () => {
  const firefox = await openFirefox({ path: join(first, `perf-firefox-${VERSION}.zip`), headless: true })
  try {
    await firefox.goto(`${demo.url}/empty`)
    await firefox.openDevtools()
    const panel = new Panel(firefox)
    await panel.reset()
    await firefox.reload()
    await firefox.inPage(`await fetch('/api/users')`)
    await expect.poll(async () => namesIn(await panel.exported()), PATIENT).toEqual(['GET /api/users'])
  } finally {
    await firefox.close()
  }
})

test.each(['chromium', 'firefox'])('the %s zip has the manifest at its top, and no source maps', async browser => {
  const unpacked = join(folder, browser)
  await run('unzip', ['-q', join(first, `perf-${browser}-${VERSION}.zip`), '-d', unpacked])
  expect(JSON.parse(await readFile(join(unpacked, 'manifest.json'), 'utf8')).version).toBe(VERSION)
  const files = await readdir(unpacked, { recursive: true })
  expect(files.filter(name => name.endsWith('.map'))).toEqual([])
})

test('every module of the npm package can be reached from what a consumer imports', async () => {
  const unpacked = join(folder, 'npm')
  await run('mkdir', [unpacked])
  await run('tar', ['-xzf', join(first, `perf-devtools-${VERSION}.tgz`), '-C', unpacked])
  const root = join(unpacked, 'package')
  const names = (await readdir(root, { recursive: true })).filter(name => /dist\/package\/.*\.(js|d\.ts)$/.test(name))
  const reached = new Set<string>()
  const waiting = names.filter(name => /monitor\/(index|node)\.(js|d\.ts)$/.test(name))
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const code = await readFile(join(root, name), 'utf8')
    for (const [, path = ''] of code.matchAll(/(?:from|import|require\()\s*["'](\.[^"']*)\.js["']/g)) {
      waiting.push(join(dirname(name), `${path}${name.endsWith('.d.ts') ? '.d.ts' : '.js'}`))
    }
  }
  expect(names.length).toBeGreaterThan(0)
  expect([...reached].sort()).toEqual(names.sort())
})
