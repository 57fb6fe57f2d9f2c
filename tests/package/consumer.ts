// Test (Node): a project of its own that has installed the packed library, as from a registry.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const run = promisify(execFile)
export const ROOT = new URL('../..', import.meta.url).pathname

export interface Consumer {
  folder: string
  /** Writes a file and returns its path. */
  write(name: string, text: string): Promise<string>
  /** Runs a program, by default in the project, and returns its output. Rejects if it fails. */
  run(program: string, args: string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }): Promise<string>
  remove(): Promise<void>
}

/**
 * Installs the packed library, beside `dependencies` from the registry, by name and version. Without any nothing is
 * fetched: the library itself depends on nothing.
 */
export async function createConsumer(dependencies: Record<string, string> = {}): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-consumer-'))
  const consumer: Consumer = {
    folder,
    async write(name, text) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
      return path
    },
    async run(program, args, options) {
      try {
        const { stdout } = await run(program, args, { cwd: folder, ...options })
        return stdout
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string }
        throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error })
      }
    },
    remove: () => rm(folder, { recursive: true }),
  }
  await consumer.write(
    'package.json',
    JSON.stringify({ name: 'consumer', private: true, type: 'module', dependencies }),
  )
  const network = Object.keys(dependencies).length > 0 ? '--prefer-offline' : '--offline'
  await consumer.run('npm', ['install', inject('tarball'), network, '--no-audit', '--no-fund'])
  return consumer
}
