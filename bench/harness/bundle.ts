// Node. Each variant is bundled apart: some peers patch globals on import, and two variants in one
// bundle would share inline caches.
import { build } from 'esbuild'

/** The minified script of one entry, as an app's bundler would emit it for today's browsers. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const [output] = result.outputFiles
  if (output === undefined) throw new Error(`esbuild emitted nothing for ${entry}`)
  return output.text
}
