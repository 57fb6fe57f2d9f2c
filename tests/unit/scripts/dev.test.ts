// Test (Node): `npm run dev` builds the extension into a folder of its own, with our build plugins, and keeps watching.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '../../../scripts/project-root.ts'

test('npm run dev builds the extension for development, and watches', async () => {
  const { scripts } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'))
  const [command, ...args] = scripts.dev.split(' ')
  const dev = spawn(process.execPath, [join(projectRoot, 'node_modules/vite/bin/vite.js'), ...args], {
    cwd: projectRoot,
  })
  onTestFinished(async () => {
    dev.kill()
    await once(dev, 'exit')
  })
  expect(command).toBe('vite')
  await built(dev)

  const manifest = JSON.parse(await readFile(join(projectRoot, 'dist/dev/manifest.json'), 'utf8'))
  expect(manifest).not.toHaveProperty('web_accessible_resources')
  expect(dev.exitCode).toBeNull()
})

/** Rejects when the process ends before it has built. */
function built(dev: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const onData = (data: Buffer): void => {
      output += data
      if (output.includes('built in')) resolve()
    }
    dev.stdout?.on('data', onData)
    dev.stderr?.on('data', onData)
    dev.once('exit', () => reject(new Error(output)))
  })
}
