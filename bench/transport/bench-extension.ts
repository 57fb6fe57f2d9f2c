// Node. Two extensions with nothing but the wires, ours and the others', each in a folder of its own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../harness/bundle.ts'

const SCRIPTS = {
  background: { service_worker: 'worker.js' },
  content_scripts: [{ matches: ['<all_urls>'], js: ['relay.js'], run_at: 'document_start' }],
}
const OURS = {
  manifest_version: 3,
  name: 'Our wire',
  version: '1',
  // As in the extension's own manifest.
  message_serialization: 'structured_clone',
  ...SCRIPTS,
}
/** What a browser does by default. */
const PEERS = { manifest_version: 3, name: 'Other wires', version: '1', ...SCRIPTS }

/** @returns the folders, as the browser's flag takes them. */
export async function makeBenchExtensions(): Promise<{ dirs: string; remove(): Promise<void> }> {
  const ours = await makeExtension(OURS, { relay: './relay.ts', worker: './worker.ts' })
  const peers = await makeExtension(PEERS, { relay: './peer-relay.ts', worker: './peer-worker.ts' })
  return {
    dirs: `${ours},${peers}`,
    async remove() {
      for (const dir of [ours, peers]) await rm(dir, { recursive: true, force: true })
    },
  }
}

async function makeExtension(manifest: object, scripts: Record<'relay' | 'worker', string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'perf-transport-'))
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest))
  for (const [name, entry] of Object.entries(scripts)) {
    await writeFile(join(dir, `${name}.js`), await bundle(fileURLToPath(new URL(entry, import.meta.url))))
  }
  return dir
}
