// World: Node. The build of the extension.

import { runNodeModule } from './run-node-module.ts'

/** Into dist/extension. Returns whether it worked; its output is shown. */
export async function buildExtension(): Promise<boolean> {
  return (await runNodeModule('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) === 0
}
