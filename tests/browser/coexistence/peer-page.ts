// Test (Node): documents with a peer, with or without the injected script, in an order of the test's choice.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { build } from 'esbuild'
import type { Page } from 'playwright/test'
import type { CaseServer, ServedCase } from '../differential/server/case-server.ts'
import { EXTENSION } from '../perf-test.ts'

/** Those that patch. */
export const PEERS = ['opentelemetry', 'sentry', 'zone', 'msw'] as const
export type PeerName = (typeof PEERS)[number] | 'msw-worker'
/** `late`: into a page that has the peer and runs already. */
export type Order = 'us first' | 'peer first' | 'late'

const MOCK_SERVICE_WORKER = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js')
const REMEMBER_FETCH = 'window.fetchBefore = window.fetch'

/** A file of this folder as a classic script. Each apart: some patch when they are imported. */
async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL(file, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]?.text ?? ''
}

function serveScripts(server: CaseServer, scripts: readonly string[], worker: string): ServedCase {
  const paths = scripts.map((_, i) => `/script-${i}.js`)
  const tags = paths.map(path => `<script src="${path}"></script>`).join('')
  return server.serve(`<!doctype html><title>Peers</title><link rel="icon" href="data:,">${tags}<body>`, {
    ...Object.fromEntries(scripts.map((script, i) => [`/script-${i}.js`, script])),
    '/mockServiceWorker.js': worker,
  })
}

/** A document with the peer alone: the extension comes to it by itself. */
export async function servePeer(server: CaseServer, peer: PeerName): Promise<ServedCase> {
  return serveScripts(server, [await bundle(`peers/${peer}.ts`)], await readFile(MOCK_SERVICE_WORKER, 'utf8'))
}

/** Opens a document with the peer and the built injected script, and a stand-in for the relay (page-relay.ts). */
export async function openPeerPage(page: Page, server: CaseServer, peer: PeerName, order: Order): Promise<ServedCase> {
  const us = [REMEMBER_FETCH, await readFile(`${EXTENSION}/injected/main.js`, 'utf8'), await bundle('page-relay.ts')]
  const them = await bundle(`peers/${peer}.ts`)
  const scripts = order === 'us first' ? [...us, them] : order === 'peer first' ? [them, ...us] : [them]
  const served = serveScripts(server, scripts, await readFile(MOCK_SERVICE_WORKER, 'utf8'))
  await page.goto(served.url)
  if (order === 'late') for (const content of us) await page.addScriptTag({ content })
  return served
}
