// World: Node. The two builds: the extension by Vite, the library by the compiler.

import { runNodeModule } from './run-node-module.ts'

/** Into dist/extension. Returns whether it worked; its output is shown. */
export async function buildExtension(): Promise<boolean> {
  return (await runNodeModule('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) === 0
}

/** Into dist/lib. Returns whether it worked; its output is shown. */
export async function buildLibrary(): Promise<boolean> {
  return (await runNodeModule('typescript/bin/tsc', ['-b', 'monitor'])) === 0
}
