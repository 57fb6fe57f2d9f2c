// Node. An application as it comes from the registry: installed into a folder of its own, served by a process of its own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../../scripts/project-root.ts'
import { run } from '../../scripts/run.ts'

const SOURCES = fileURLToPath(new URL('./apps/', import.meta.url))
/** Nothing of it is in the project's own dependencies, nor in git. */
const INSTALLED = join(projectRoot, '.realworld')

export interface RunningApp {
  url: string
  /** Its packages from the registry, as `name@version`. */
  packages: string[]
  stop(): Promise<void>
}

/** @param name of its folder in `apps/`: a package.json with exact versions, and a server.mjs. */
export async function startApp(name: string): Promise<RunningApp> {
  const folder = join(INSTALLED, name)
  const packages = await install(name, folder)
  // Without the arguments and the loader of this process.
  const server = fork(join(folder, 'server.mjs'), { cwd: folder, execArgv: [], silent: true })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', chunk => (said += chunk))
  const ended = once(server, 'exit')
  const [message] = await Promise.race([once(server, 'message'), ended])
  if (typeof message !== 'object' || message === null) throw new Error(`${name} did not start:\n${said}`)
  const report = (): void => console.error(`${name} ended by itself:\n${said}`)
  server.once('exit', report)
  return {
    url: (message as { url: string }).url,
    packages,
    async stop() {
      server.off('exit', report)
      server.kill()
      await ended
    },
  }
}

/** Copies the application's own files, and installs its packages where that was not done for these versions. */
async function install(name: string, folder: string): Promise<string[]> {
  const source = join(SOURCES, name)
  const wanted = await readFile(join(source, 'package.json'), 'utf8')
  const marker = join(folder, 'installed.json')
  const installed = await readFile(marker, 'utf8').catch(() => '')
  await mkdir(folder, { recursive: true })
  await cp(source, folder, { recursive: true })
  await cp(join(SOURCES, 'announce.mjs'), join(folder, 'announce.mjs'))
  if (installed !== wanted) {
    console.log(`Installing ${name} into ${folder}`)
    // Install scripts report to their makers or build native parts that these applications run without.
    const code = await run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'])
    if (code !== 0) throw new Error(`The packages of ${name} could not be installed: see above.`)
    await cp(join(source, 'package.json'), marker)
  }
  const { dependencies } = JSON.parse(wanted) as { dependencies: Record<string, string> }
  return Object.entries(dependencies).map(([each, version]) => `${each}@${version}`)
}
