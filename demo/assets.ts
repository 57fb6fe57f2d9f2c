// World: Node. Reads the demo's pages and bundles its script, once, when the server starts.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface Asset {
  readonly type: string
  readonly body: string
}

const html = 'text/html; charset=utf-8'
const emptyPage = '<!doctype html><title>Empty</title><link rel="icon" href="data:,">'

export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const [index, style, frame, script] = await Promise.all([
    read('index.html'),
    read('style.css'),
    read('frame.html'),
    bundlePage(),
  ])
  return new Map([
    ['/', { type: html, body: index }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: style }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script }],
    ['/frame', { type: html, body: frame }],
    ['/empty', { type: html, body: emptyPage }],
  ])
}

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function read(name: string): Promise<string> {
  return readFile(path(name), 'utf8')
}

/** The ES2022 target makes esbuild lower standard decorators, which no browser runs yet. */
async function bundlePage(): Promise<string> {
  const result = await build({
    entryPoints: [path('page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'silent',
  })
  const [output] = result.outputFiles
  if (!output) throw new Error('esbuild made no output of demo/page.ts')
  return output.text
}
