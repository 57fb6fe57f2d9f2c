// Node. An extension with nothing but the wires, in a folder of its own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../harness/bundle.ts'

const MANIFEST = {
  manifest_version: 3,
  name: 'Transport bench',
  version: '1',
  // As in the extension's own manifest.
  message_serialization: 'structured_clone',
  background: { service_worker: 'worker.js' },
  content_scripts: [{ matches: ['<all_urls>'], js: ['relay.js'], run_at: 'document_start' }],
}

export async function makeBenchExtension(): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'perf-transport-'))
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(MANIFEST))
  for (const script of ['relay', 'worker']) {
    await writeFile(join(dir, `${script}.js`), await bundle(fileURLToPath(new URL(`./${script}.ts`, import.meta.url))))
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) }
}
