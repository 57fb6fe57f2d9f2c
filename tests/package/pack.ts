// Test (Node): packs the library once for all tests of it, as packing builds it anew.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { projectRoot } from '../../scripts/project-root.ts'

declare module 'vitest' {
  interface ProvidedContext {
    tarball: string
  }
}

export default async function pack(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-packed-'))
  await promisify(execFile)('npm', ['pack', '--pack-destination', folder], { cwd: projectRoot })
  const [tarball] = await readdir(folder)
  if (!tarball) throw new Error('npm pack made no tarball')
  project.provide('tarball', join(folder, tarball))
  return () => rm(folder, { recursive: true })
}
