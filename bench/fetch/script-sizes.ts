// Node. What runs in every frame: its size as built, minified, and what gzip makes of it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface ScriptSize {
  script: 'injected' | 'relay'
  minified: number
  gzipped: number
}

/** Bytes, gzipped, that each may have: `tests/browser/built-extension.spec.ts` holds them to it. */
export const BUDGETS: Record<ScriptSize['script'], number> = { injected: 16 * 1024, relay: 8 * 1024 }

const FILES = { injected: 'injected/main.js', relay: 'extension/relay/relay.js' } as const

export async function scriptSizes(extension: string): Promise<ScriptSize[]> {
  const sizes: ScriptSize[] = []
  for (const script of ['injected', 'relay'] as const) {
    const source = await readFile(join(extension, FILES[script]))
    sizes.push({ script, minified: source.length, gzipped: gzipSync(source, { level: 9 }).length })
  }
  return sizes
}
