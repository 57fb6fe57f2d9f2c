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

/** The scripts of several entries, `name.ts` in `folder`, by name. */
export async function bundleAll(folder: string, names: Iterable<string>): Promise<Map<string, string>> {
  const scripts = new Map<string, string>()
  for (const name of names) scripts.set(name, await bundle(`${folder}/${name}.ts`))
  return scripts
}
