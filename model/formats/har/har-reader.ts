// Model: reads a HAR file of any program as its bytes arrive, and emits it in the parts of a session. Headers and bodies
// are not kept, and URLs lose their secrets.

import { fromFirefox } from '../../../wire/har-entry.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import { hostOf } from '../../../wire/short-url.ts'
import { truncate } from '../../../wire/truncate.ts'
import type { DocumentNumber } from '../../numbers.ts'
import { type FoundOperation, FoundOperations, foundDocument } from '../other-file.ts'
import { ImportError, invalid } from '../session/import-error.ts'
import { type ImportPart, sections } from '../session/import-part.ts'
import { createJsonSplitter } from '../session/json-splitter.ts'
import type { FileReader } from '../session/session-reader.ts'
import { type CleanEntry, cleanEntry, membersOf, textOf } from './clean-entry.ts'
import { readEntry } from './entry-operation.ts'
import { harDate, parseHarDate } from './har-date.ts'
import { fromWebKit } from './webkit-entry.ts'

/** Entries and pages, as what is kept of them is in memory. */
const MAX_ENTRIES = 1_000_000
const MAX_PAGES = 100_000
/** Bytes of an entry: it may hold a body of some MB in Base64. */
const MAX_ENTRY_BYTES = 100_000_000
/** Milliseconds: the step of the dates that browsers write. */
const CLOCK_RESOLUTION = 1

const WHAT = 'HAR file'

/** What programs write otherwise than HAR has it, by their names. */
const CORRECTIONS = new Map<string, (entry: CleanEntry) => CleanEntry>([
  ['Firefox', fromFirefox],
  ['WebKit Web Inspector', fromWebKit],
])

interface Page {
  id: string
  title: string
  /** Epoch milliseconds; undefined for a page that was loaded before the recording. */
  start: number | undefined
}

class Top {
  creator = { name: 'HAR', version: '?' }
  readonly pages: Page[] = []
  /** Entries came before what is needed to read them. */
  isOutOfOrder = false
  /** The first entry's start: epoch milliseconds. */
  firstStart: number | undefined
}

/** @param known the top of the file, if an earlier reader has read it. */
export function createHarReader(emit: (part: ImportPart) => void, known?: Top): FileReader {
  const top = known ?? new Top()
  const seen = new Set<string>()
  const operations = new FoundOperations()
  let started: Started | undefined

  const once = (name: string): void => {
    if (seen.has(name)) throw invalid(`${name} appears twice`, WHAT)
    seen.add(name)
  }

  const readValue = (name: string, text: string): void => {
    once(name)
    const value = parse(name, text)
    if (name === 'log') throw invalid('log must be an object', WHAT)
    if (name === 'entries' || name === 'pages') throw invalid(`log.${name} must be an array`, WHAT)
    if (name !== 'creator') return
    const { name: creator, version } = membersOf(value) ?? {}
    top.creator = { name: textOf(creator) || 'HAR', version: textOf(version) || '?' }
    if (seen.has('entries') && CORRECTIONS.has(top.creator.name)) top.isOutOfOrder = true
  }

  const readRows = (name: string, first: number, text: string): void => {
    if (first === 0) once(name)
    if (name === 'pages' && !known) {
      for (const [i, page] of parseRows(name, first, text).entries()) top.pages.push(readPage(page, first + i))
      if (top.pages.length > MAX_PAGES) throw new ImportError(`has more than ${MAX_PAGES} pages`)
      // Entries were read as if there were no pages.
      if (seen.has('entries')) top.isOutOfOrder = true
    } else if (name === 'entries') readEntries(first, parseRows(name, first, text))
    else if (name === 'log') throw invalid('log must be an object', WHAT)
  }

  const readEntries = (first: number, rows: unknown[]): void => {
    if (first + rows.length > MAX_ENTRIES) throw new ImportError(`has more than ${MAX_ENTRIES} entries`)
    const found: FoundOperation[] = []
    const requests: NetworkRequest[] = []
    for (const [i, row] of rows.entries()) {
      const clean = cleanEntry(row, `log.entries[${first + i}]`)
      const entry = CORRECTIONS.get(top.creator.name)?.(clean) ?? clean
      top.firstStart ??= entry.start
      // Without pages so far: whether any follow is known at the end only.
      started ??= begin(top, emit)
      const { document, host } = started.documentOf(entry.pageref, entry.start)
      const read = readEntry(entry, document, host)
      if (!read) continue
      if ('operation' in read) found.push(read.operation)
      else requests.push(read.request)
    }
    if (found.length > 0) emit(operations.part(found))
    if (requests.length > 0) emit({ type: 'networkRequests', requests })
  }

  const splitter = createJsonSplitter(
    { onValue: readValue, onRows: readRows },
    { within: 'log', maxPieceBytes: MAX_ENTRY_BYTES },
  )
  return {
    again: () => (top.isOutOfOrder && !known ? createHarReader(emit, top) : undefined),
    add: splitter.add,
    end() {
      splitter.end()
      if (!seen.has('entries')) throw invalid('log.entries is missing', WHAT)
      started ??= begin(top, emit)
      const [page] = top.pages
      const { name, version } = top.creator
      emit(
        operations.head('har', {
          generator: { name, version },
          createdAt: harDate(started.createdAt),
          page: { url: page ? urlOf(page) : '', title: page?.title ?? '', userAgent: '' },
          availability: { memory: 'not available' },
        }),
      )
    },
  }
}

interface Started {
  createdAt: number
  /** The number of an entry's document, and the host of its page. */
  documentOf(pageref: string | undefined, start: number): { document: number; host: string }
}

function begin(top: Top, emit: (part: ImportPart) => void): Started {
  const { pages, firstStart = 1 } = top
  const createdAt = Math.max(1, Math.min(pages[0]?.start ?? Number.POSITIVE_INFINITY, firstStart))
  emit({ type: 'createdAt', time: createdAt })
  const listed: Page[] = pages.length > 0 ? pages : [{ id: '', title: '', start: createdAt }]
  const startOf = ({ start = firstStart }: Page): number => Math.max(1, start)
  const documents = listed.map((page, i) =>
    foundDocument({
      id: `${i + 1}`,
      url: urlOf(page),
      title: page.title,
      timeOrigin: startOf(page),
      clockResolution: CLOCK_RESOLUTION,
    }),
  )
  for (const section of sections(documents)) emit({ type: 'documents', documents: section })
  const navigations = pages.flatMap((page, i) => {
    if (page.start === undefined) return []
    const fixed = { type: 'navigation' as const, navigationType: 'navigate', documentId: `${i + 1}` }
    return [{ time: startOf(page), url: urlOf(page), ...fixed }]
  })
  for (const section of sections(navigations)) emit({ type: 'marks', navigations: section, longTasks: [] })
  const numbers = new Map(listed.map(({ id }, i) => [id, i as DocumentNumber]))
  const hosts = listed.map(page => hostOf(urlOf(page)))
  const byStart = listed.map((page, i) => ({ start: startOf(page), i })).sort((a, b) => a.start - b.start)
  return {
    createdAt,
    documentOf(pageref, start) {
      const named = pageref === undefined ? undefined : numbers.get(pageref)
      const document = named ?? byStart[Math.max(0, countUntil(byStart, start) - 1)]?.i ?? 0
      return { document, host: hosts[document] ?? '' }
    },
  }
}

/** How many of them start at this time or earlier. */
function countUntil(sorted: readonly { start: number }[], time: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as { start: number }).start <= time) low = middle + 1
    else high = middle
  }
  return low
}

function readPage(value: unknown, i: number): Page {
  const path = `log.pages[${i}]`
  const page = membersOf(value)
  if (!page) throw invalid(`${path} must be an object`, WHAT)
  const started = textOf(page.startedDateTime)
  // WebKit writes no date if its Web Inspector was opened after the page was loaded.
  const start = started === '' ? undefined : parseHarDate(started ?? '')
  if (Number.isNaN(start)) throw invalid(`${path}.startedDateTime must be a date`, WHAT)
  return { id: textOf(page.id) ?? '', title: redactUrl(textOf(page.title, MAX_TITLE_LENGTH) ?? ''), start }
}

const MAX_TITLE_LENGTH = 10_000

/** Chrome and Firefox have the page's URL as title; others have its title. */
function urlOf({ title }: Page): string {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(title) ? title : ''
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(`${truncate(name, 100)} isn't JSON`, WHAT)
  }
}

function parseRows(list: string, first: number, text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[]
  } catch {
    throw invalid(`log.${list} isn't JSON, from its row ${first} on`, WHAT)
  }
}
