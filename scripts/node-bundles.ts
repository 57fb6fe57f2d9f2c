// World: Node. Bundles what the package has for Node besides the library: the command, and the fixture for Playwright. They
// bring along all that they need, so that the package has no dependency.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { PAGE_SCRIPT_URL } from '../wire/page-script.ts'
import { projectRoot } from './project-root.ts'

/** The user's own: the fixture has to extend the very module that the tests import. */
const EXTERNAL = ['playwright', 'playwright-core', '@playwright/test']

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: EXTERNAL.flatMap(name => [name, `${name}/*`]),
  logLevel: 'warning',
  legalComments: 'none',
}

/** Gives `import source from 'perf:page-script'` the script that Playwright runs in each page. */
const pageScript: Plugin = {
  name: 'page-script',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^perf:page-script$/ }, () => ({ path: 'page-script', namespace: 'perf' }))
    onLoad({ filter: /.*/, namespace: 'perf' }, async () => ({ contents: await bundlePageScript(), loader: 'text' }))
  },
}

/** The script that runs in each page of a test. */
export async function bundlePageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(projectRoot, 'playwright/page/main.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    footer: { js: `//# sourceURL=${PAGE_SCRIPT_URL}` },
    // WebKit has no `scheduler`: this module stands for the global.
    inject: [join(projectRoot, 'playwright/page/scheduler.ts')],
  })
  return outputFiles[0]?.text ?? ''
}

/** Into dist/playwright, as a module and for CommonJS. */
export async function buildPlaywright(): Promise<void> {
  const outdir = join(projectRoot, 'dist/playwright')
  await rm(outdir, { recursive: true, force: true })
  for (const format of ['esm', 'cjs'] as const) {
    const entryPoints = { [`${format}/playwright/index`]: join(projectRoot, 'playwright/index.ts') }
    await build({ ...shared, entryPoints, outdir, plugins: [pageScript], format })
  }
}

/** Into dist/cli. What only some commands need is in files of its own, so that the others start quickly. */
export async function buildCommand(): Promise<void> {
  const outdir = join(projectRoot, 'dist/cli')
  await rm(outdir, { recursive: true, force: true })
  await build({
    ...shared,
    entryPoints: { 'perf-devtools': join(projectRoot, 'cli/main.ts') },
    outdir,
    format: 'esm',
    splitting: true,
    plugins: [pageScript],
  })
}
