// Node. The scripts of the pages: each part is bundled apart, and a page runs its parts one after the other.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleAll } from '../harness/bundle.ts'
import type { Group, Variant } from './plan.ts'

const folder = fileURLToPath(new URL('../variants/fetch', import.meta.url))

export interface Scripts {
  /** By the names of `pageName`. */
  pages: ReadonlyMap<string, string>
  stub: string
}

export const pageName = ({ id }: Group, { name }: Variant): string => `${id}-${name}`

export async function pageScripts(groups: readonly Group[], extension: string): Promise<Scripts> {
  const names = groups.flatMap(({ loop, variants }) => [loop, ...variants.flatMap(({ parts }) => parts)])
  const bundled = await bundleAll(folder, new Set(['stub-fetch', ...names.filter(name => name !== 'injected')]))
  const injected = await readFile(join(extension, 'injected/main.js'), 'utf8')
  const part = (name: string): string => (name === 'injected' ? injected : (bundled.get(name) ?? ''))
  const stub = part('stub-fetch')
  const pages = new Map<string, string>()
  for (const group of groups) {
    for (const variant of group.variants) {
      // The extension's page script is there before any script of the page: so has to be the stub below it.
      const inPage = group.stubbed && variant.place !== 'extension' ? ['stub-fetch'] : []
      const parts = [...inPage, ...variant.parts, group.loop]
      pages.set(pageName(group, variant), parts.map(part).join(';\n'))
    }
  }
  return { pages, stub }
}
