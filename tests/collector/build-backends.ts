// Node: builds the backends with Go, from its module proxy, into a cache. It needs Go 1.25 or later, and takes some minutes the first time.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CACHE = new URL('../../node_modules/.cache/perf-backends/', import.meta.url).pathname
const JAEGER_MODULE = 'github.com/jaegertracing/jaeger@v1.76.0'

/** Resolves with its path. */
export async function buildJaeger(): Promise<string> {
  const jaeger = `${CACHE}jaeger-1.76.0`
  if (existsSync(jaeger)) return jaeger
  await mkdir(CACHE, { recursive: true })
  // `go install` refuses a module that replaces others, as this one does. Without its UI it serves a placeholder.
  const { stdout } = await run('go', ['mod', 'download', '-json', JAEGER_MODULE], {
    cwd: CACHE,
    env: outsideOfModules(),
  })
  const { Dir } = JSON.parse(stdout) as { Dir: string }
  return build(Dir, './cmd/all-in-one', jaeger)
}

/** Resolves with its path. */
export async function buildCollector(): Promise<string> {
  const collector = `${CACHE}otelcol-0.140.0`
  if (existsSync(collector)) return collector
  await mkdir(CACHE, { recursive: true })
  return build(new URL('otelcol/', import.meta.url).pathname, '.', collector)
}

async function build(folder: string, what: string, output: string): Promise<string> {
  console.log(`Building ${output}…`)
  await run('nice', ['-n', '19', 'go', 'build', '-buildvcs=false', '-ldflags=-s -w', '-o', output, what], {
    cwd: folder,
    maxBuffer: 64_000_000,
  })
  return output
}

/** A module is downloaded without being required by another. */
function outsideOfModules(): NodeJS.ProcessEnv {
  return { ...process.env, GO111MODULE: 'on', GOWORK: 'off' }
}
