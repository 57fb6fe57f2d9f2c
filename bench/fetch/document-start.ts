// Node. What the extension costs a page that does nothing: the CPU of loading it with DevTools open, without the
// extension, with it, and with parts of it alone, so that a reader sees which share is the platform's.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDevtoolsBrowser } from '../harness/devtools-browser.ts'
import { costsOf } from '../harness/page-costs.ts'
import type { PageServer } from '../harness/page-server.ts'
import { interleave } from '../harness/rounds.ts'
import { type Spread, spreadOf } from '../harness/spread.ts'

/**
 * Milliseconds after the load in which the first batch, with the second reading of the heap, goes out and is stored. A
 * time and no condition: each part has to be looked at for as long, and most have nothing that could be waited for.
 */
const AFTERMATH = 1_300
/** Loads before the measured ones: DevTools' extensions are at work by then. */
const WARM_UP = 4

const PAGE_SCRIPT = 'injected/main.js'
const RELAY = 'extension/relay/relay.js'

interface Part {
  label: string
  /** Files of the extension that are emptied; undefined for no extension at all. */
  without: readonly string[] | undefined
}

const NOTHING: Part = { label: 'without the extension', without: undefined }
const EMPTY: Part = { label: 'its two scripts empty', without: [PAGE_SCRIPT, RELAY] }
const WHOLE: Part = { label: 'the extension', without: [] }
const EARLIER: Part = { label: 'the earlier build', without: [] }
const PARTS: readonly Part[] = [
  NOTHING,
  EMPTY,
  { label: 'its page script alone', without: [RELAY] },
  { label: 'its relay alone', without: [PAGE_SCRIPT] },
  WHOLE,
]

export interface DocumentStart {
  /** CPU ms of the main thread from the document's commit until nothing is left to do. */
  rows: { label: string; own: Spread /** Of the medians, over the first row's. */; added: number }[]
  /** What the extension adds. */
  added: number
  /** What is left of it when its scripts are empty: what the platform does for any extension with two such scripts. */
  platform: number
}

/** @param earlier another build of the extension, to be measured in turn with this one. */
export async function documentStart(
  extension: string,
  server: PageServer,
  loads: number,
  earlier?: string,
): Promise<DocumentStart> {
  const parts = earlier === undefined ? PARTS : [...PARTS, EARLIER]
  const opened = []
  try {
    for (const part of parts) {
      const build = part === EARLIER && earlier !== undefined ? earlier : extension
      opened.push(await openPart(part, build, server.pageUrl('empty')))
    }
    for (const { load } of opened) for (let i = 0; i < WARM_UP; i++) await load()
    const results = await interleave(
      opened,
      () => loads,
      ({ load }) => load(),
    )
    const spreads = new Map([...results].map(([{ part }, values]) => [part, spreadOf(values)]))
    const added = (part: Part): number => (spreads.get(part)?.median ?? 0) - (spreads.get(NOTHING)?.median ?? 0)
    const rows = parts.flatMap(part => {
      const own = spreads.get(part)
      return own ? [{ label: part.label, own, added: added(part) }] : []
    })
    return { rows, added: added(WHOLE), platform: added(EMPTY) }
  } finally {
    for (const { stop } of opened) await stop()
  }
}

async function openPart(part: Part, extension: string, url: string) {
  const folder = part.without && (await copyWithout(extension, part.without))
  const browser = await openDevtoolsBrowser(folder)
  const page = await browser.open(url)
  const costs = await costsOf(page)
  return {
    part,
    async load(): Promise<number> {
      await page.reload()
      await page.waitForTimeout(AFTERMATH)
      // Chromium counts from 0 for each new document, in the process that it had.
      return (await costs.cpuSeconds()) * 1000
    },
    async stop(): Promise<void> {
      await browser.stop()
      if (folder !== undefined) await rm(folder, { recursive: true })
    },
  }
}

async function copyWithout(extension: string, files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-part-'))
  await cp(extension, folder, { recursive: true })
  for (const file of files) await writeFile(join(folder, file), ';')
  return folder
}
