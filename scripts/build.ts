// World: Node. The build of the extension.

import { runNodeModule } from './run-node-module.ts'

export type BrowserName = 'chromium' | 'firefox'

export interface BuildOptions {
  /** Is emptied first. Absent: dist/extension, or dist/firefox. */
  readonly outDir?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Returns whether it worked; its output is shown. */
export async function buildExtension(
  browser: BrowserName = 'chromium',
  { outDir, env = process.env }: BuildOptions = {},
): Promise<boolean> {
  const mode = browser === 'firefox' ? ['--mode', 'firefox'] : []
  const to = outDir === undefined ? [] : ['--outDir', outDir, '--emptyOutDir']
  return (await runNodeModule('vite/bin/vite.js', ['build', ...mode, ...to, '--logLevel', 'warn'], { env })) === 0
}
