// Test (Node): a program of its own, which may import the project's sources, in a process of its own.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const ROOT = new URL('../..', import.meta.url).pathname

/** Paths in the program's imports are relative to the project's folder. Rejects where the program ends with an error. */
export async function runBundled(program: string): Promise<{ stdout: string; stderr: string }> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  })
  const args = ['--input-type=module', '--eval', outputFiles[0]?.text ?? '']
  return promisify(execFile)(process.execPath, args)
}
