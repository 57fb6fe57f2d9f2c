// World: Node. The build of the extension.

import { runNodeModule } from './run-node-module.ts'

/** Into dist/extension, or for Firefox into dist/firefox. Returns whether it worked; its output is shown. */
export async function buildExtension(browser: 'chromium' | 'firefox' = 'chromium'): Promise<boolean> {
  const mode = browser === 'firefox' ? ['--mode', 'firefox'] : []
  return (await runNodeModule('vite/bin/vite.js', ['build', '--logLevel', 'warn', ...mode])) === 0
}
