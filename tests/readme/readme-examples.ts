// Test (Node): the README's examples of the monitor, as one program.
import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { projectRoot } from '../../scripts/project-root.ts'

/** What the examples call that is the reader's own; an operation is slow by the listener's measure. */
const SURROUNDINGS = `
  const loadCart = async () => ({ items: 3 })
  const pay = async (cart: { items: number }) => cart.items
  const renderLargeList = async () => { (globalThis as { list?: unknown }).list = Array.from({ length: 100_000 }, (_, i) => ({ i })) }
`

/** Returns what the examples did. */
const OUTCOME = `
  const users = new Users()
  const parsed = users.parse('[1]')
  const slow: string[] = []
  const { warn } = console
  console.warn = (text: string) => void slow.push(text)
  await monitor.trackOperation('slow one', () => new Promise(resolve => setTimeout(resolve, 1050)))
  console.warn = warn
  stop()
  return {
    order, totalOperations, failedOperations, averageDuration, p95, parsed, slow,
    grown: memory.compareSnapshots('before', 'after'),
    names: monitor.getMetrics().operations.map(({ operationName }) => operationName),
    parents: monitor.getMetrics().operations.map(({ parentId }) => parentId !== undefined),
  }
`

/** What the program returns. */
export interface ExampleOutcome {
  order: unknown
  totalOperations: number
  failedOperations: number
  averageDuration: number
  p95: number | undefined
  parsed: unknown
  slow: string[]
  grown: number
  names: string[]
  parents: boolean[]
}

/**
 * The examples word for word, bundled as the body of an async function that is left in `globalThis.examples`.
 * @param imported with the README's import, else as a page uses them that finds the monitor on `window`.
 */
export async function bundleExamples(imported: boolean, platform: 'browser' | 'node'): Promise<string> {
  const readme = await readFile(`${projectRoot}/README.md`, 'utf8')
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '')
  const [importLine, ...examples] = blocks
  const program = `
    ${imported ? importLine : ''}
    Object.assign(globalThis, { examples: async () => { ${SURROUNDINGS} ${examples.join('\n')} ${OUTCOME} } })`
  const { outputFiles } = await build({
    stdin: { contents: program, loader: 'ts', resolveDir: projectRoot },
    alias: { 'perf-devtools': `${projectRoot}/dist/package/esm/monitor/${platform === 'node' ? 'node' : 'index'}.js` },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
  })
  return outputFiles[0]?.text ?? ''
}

export const EXPECTED_NAMES = ['pay', 'checkout', 'Users.parse', 'slow one']
