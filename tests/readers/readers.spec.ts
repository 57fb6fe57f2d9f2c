// Test (Node, Chromium): files that we write, opened in the readers of other projects, which `npm run test:readers`
// installs. What they show equals the session.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, expect, test } from 'playwright/test'
import { openChromium } from '../../scripts/chromium-session.ts'
import { findChromium } from '../../scripts/find-chromium.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import { expectInNetworkPanel, expectInPerformancePanel } from '../browser/formats/shown-in-devtools.ts'
import { richSessionFile } from '../support/rich-session.ts'
import { written } from '../unit/model/formats/written.ts'
import { openSession } from '../unit/model/session-in-node.ts'
import { PROMETHEUS, PROMTOOL } from './install.ts'
import { openInPerfetto } from './perfetto.ts'
import { scrapedByPrometheus } from './prometheus.ts'
import { serveFolder } from './serve-folder.ts'

const run = promisify(execFile)
const here = (path: string): string => new URL(path, import.meta.url).pathname
const MAX_OUTPUT = 1e9

const session = richSessionFile(10_000)
const { operations, memory, snapshots, marks } = session
/** The first moment of a trace: other readers than Chrome's count from there. */
const origin = marks[0]?.time ?? Number.NaN
/** Half of a trace's step, which is a microsecond, and what a double loses of a time since the Unix epoch. */
const MAX_ERROR_MS = 0.000_5 + 0.000_3

let folder: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-readers-'))
})
test.afterAll(() => rm(folder, { recursive: true }))

async function fileOf(id: string, name: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, written(await openSession(new Blob([JSON.stringify(session)])), id))
  return path
}

test('Chrome’s own panels show every request, and every operation', async () => {
  const browser = await openChromium({ headless: true, devtools: false })
  try {
    await expectInNetworkPanel(browser.context, session, await fileOf('har', 'chrome.har'))
    await expectInPerformancePanel(browser.context, session, await fileOf('chrome-trace', 'chrome.json'))
  } finally {
    await browser.close()
  }
})

test('promtool takes the metrics', async () => {
  const input = await readFile(await fileOf('prometheus', 'session.prom'))
  const { status, stderr } = spawnSync(PROMTOOL, ['check', 'metrics'], { input })
  expect(`${stderr}`).toBe('')
  expect(status).toBe(0)
})

/** Sums by kind and outcome. */
function sumsOf(items: { kind?: string; outcome?: string; value: number | undefined }[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { kind, outcome, value } of items) {
    if (value !== undefined) sums[`${kind} ${outcome}`] = (sums[`${kind} ${outcome}`] ?? 0) + value
  }
  return sums
}

test('Prometheus has the count and the durations of all operations of the metrics', async () => {
  const text = await readFile(await fileOf('prometheus', 'session.prom'), 'utf8')
  const samples = (await scrapedByPrometheus(PROMETHEUS, text)).map(({ metric, value }) => ({ ...metric, value }))
  const named = (name: string) => samples.filter(({ __name__ }) => __name__ === name)
  const ended = operations.flatMap(({ duration, ...each }) => (duration === undefined ? [] : [{ ...each, duration }]))
  expect(sumsOf(named('perf_operations_total'))).toEqual(sumsOf(operations.map(each => ({ ...each, value: 1 }))))
  expect(sumsOf(named('perf_operation_duration_seconds_count'))).toEqual(
    sumsOf(ended.map(each => ({ ...each, value: 1 }))),
  )
  const seconds = Object.entries(sumsOf(ended.map(each => ({ ...each, value: each.duration / 1_000 }))))
  expect(sumsOf(named('perf_operation_duration_seconds_sum'))).toEqual(
    Object.fromEntries(seconds.map(([key, sum]) => [key, expect.closeTo(sum, 6)])),
  )
  const custom = operations.filter(({ kind }) => kind === 'custom').map(({ operationName }) => operationName)
  const shown = named('perf_operations_total').flatMap(({ kind, route }) => (kind === 'custom' ? [route] : []))
  expect(new Set(shown)).toEqual(new Set(custom))
  expect(named('perf_heap_used_bytes')).toMatchObject([{ value: memory.at(-1)?.usedJSHeapSize }])
  expect(named('perf_lost_operations_total')).toMatchObject([{ value: session.gaps[0]?.count }])
})

async function duckdbRows(file: string): Promise<Record<string, string | null>[]> {
  const { stdout } = await run('node', [here('./query-csv.mjs'), file], { maxBuffer: MAX_OUTPUT })
  return JSON.parse(stdout) as Record<string, string | null>[]
}

test('DuckDB reads every operation of a CSV file', async () => {
  const rows = await duckdbRows(await fileOf('csv', 'operations.csv'))
  const cell = (value: string | number | undefined): string | null => value?.toString() ?? null
  const expected = operations.map(({ id, operationName, kind, outcome, startTime, duration, ...more }) => {
    const { http, connection, error, parentId, metadata } = more
    return {
      id,
      // So that no spreadsheet takes it for a formula.
      name: operationName.startsWith('=') ? `'${operationName}` : operationName,
      kind,
      outcome,
      start_ms: cell(startTime),
      duration_ms: cell(duration),
      headers_ms: cell(http?.headersDuration),
      method: cell(http?.method),
      url: cell((http ?? connection)?.url),
      status: cell(http?.status),
      transfer_bytes: cell(http?.transferSize),
      dns_ms: cell(http?.phases?.dns),
      messages_in: cell(connection?.messagesIn),
      error_name: cell(error?.name),
      parent_id: cell(parentId),
      metadata: metadata === undefined ? null : JSON.stringify(metadata),
    }
  })
  const columns = Object.keys(expected[0] ?? {})
  expect(rows.map(row => Object.fromEntries(columns.map(name => [name, row[name]])))).toEqual(expected)
})

test('DuckDB reads every memory sample of a CSV file', async () => {
  const rows = await duckdbRows(await fileOf('csv-memory', 'memory.csv'))
  expect(rows).toHaveLength(memory.length + snapshots.length)
  const samples = rows.filter(({ snapshot }) => snapshot === null)
  expect(samples.map(row => [row.time_ms, row.used_bytes])).toEqual(
    memory.map(({ time, usedJSHeapSize }) => [`${time}`, `${usedJSHeapSize}`]),
  )
})

interface FirefoxMarker {
  name: string
  category: string
  threadHandle: string
  start: number
  duration?: number
}

test('the Firefox Profiler has a marker for every operation of a trace', async () => {
  const file = await fileOf('trace', 'trace.json')
  const env = { ...process.env, PROFILER_CLI_SESSION_DIR: folder }
  const cli = (...args: string[]) =>
    run('node', [here('./node_modules/@firefox-devtools/profiler-cli/dist/profiler-cli.js'), ...args], {
      env,
      maxBuffer: MAX_OUTPUT,
    }).catch(error => error as { stdout: string })
  try {
    // Its daemon may need longer than the command waits for it.
    await cli('load', file, '--session', 'perf')
    const markers = await waitUntil('the profile', async () => {
      const { stdout } = await cli('profile', 'markers', '--limit', '100000', '--session', 'perf', '--json')
      return stdout.startsWith('{') && (JSON.parse(stdout) as { markers: FirefoxMarker[] }).markers
    })
    const kinds = new Set<string>(operations.map(({ kind }) => kind))
    const shown = markers.filter(({ category }) => kinds.has(category))
    expect(shown).toHaveLength(operations.length)
    const key = (name: string, kind: string): string => `${kind} ${name}`
    const byKey = new Map<string, FirefoxMarker[]>()
    for (const marker of shown) {
      const of = key(marker.name, marker.category)
      byKey.set(of, [...(byKey.get(of) ?? []), marker])
    }
    // Those of a name come by their start, as they do in the session.
    const wrong = operations.filter(({ operationName, kind, startTime, duration }) => {
      const found = byKey.get(key(operationName, kind))?.shift()
      const starts = Math.abs((found?.start ?? Number.NaN) - (startTime - origin)) < MAX_ERROR_MS
      const ends = duration === undefined || Math.abs((found?.duration ?? 0) - duration) < 2 * MAX_ERROR_MS
      return !(starts && ends)
    })
    expect(wrong).toEqual([])
  } finally {
    await cli('stop', 'perf')
  }
})

/** It draws with WebGL. */
async function chromiumWithWebGl() {
  const args = ['--headless=new', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
  return chromium.launch({ executablePath: await findChromium(), args })
}

test('Perfetto reads every operation of a trace, drops none, and nests none', async () => {
  const file = await fileOf('trace', 'trace.json')
  const browser = await chromiumWithWebGl()
  try {
    const { problems, slices, counters } = await openInPerfetto(browser, file)
    expect(problems).toEqual([])
    expect(slices.filter(({ depth }) => depth > 0)).toEqual([])
    const found = new Map(slices.flatMap(slice => (slice.id === null ? [] : [[slice.id, slice]])))
    expect(found.size).toBe(operations.length)
    // Nanoseconds since the first moment.
    const wrong = operations.filter(({ id, operationName, kind, startTime, duration }) => {
      const { name, category, ts = Number.NaN, dur = Number.NaN } = found.get(id) ?? {}
      const starts = Math.abs(ts / 1e6 - (startTime - Math.floor(origin))) < MAX_ERROR_MS
      const ends = duration === undefined || Math.abs(dur / 1e6 - duration) < 2 * MAX_ERROR_MS
      return !(name === operationName && category === kind && starts && ends)
    })
    expect(wrong).toEqual([])
    // The long task, the navigation, the snapshot and the gap.
    expect(slices).toHaveLength(operations.length + 4)
    expect(counters.map(({ count }) => count)).toEqual([memory.length, memory.length])
  } finally {
    await browser.close()
  }
})

/** https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format-spec.ts */
interface SpeedscopeFile {
  shared: { frames: { name: string }[] }
  profiles: { name: string; unit: string; events: SpeedscopeEvent[] }[]
}

interface SpeedscopeEvent {
  type: 'O' | 'C'
  frame: number
  at: number
}

test('speedscope shows every operation of a trace, and none within another', async () => {
  const file = await fileOf('trace', 'trace.json')
  const { url, close } = await serveFolder(here('./node_modules/speedscope/dist/release'))
  const browser = await chromiumWithWebGl()
  try {
    const page = await browser.newPage()
    await page.goto(url)
    await page.locator('input[type=file]').first().setInputFiles(file)
    const download = page.waitForEvent('download')
    await page.getByText('Export').first().click()
    const shown = JSON.parse(await readFile(await (await download).path(), 'utf8')) as SpeedscopeFile
    const found = new Map<string, { name: string; start: number; end: number; lane: number }>()
    for (const [lane, { events, unit }] of shown.profiles.entries()) {
      expect(unit).toBe('microseconds')
      // Each frame ends before the next one starts.
      expect(events.every(({ type }, i) => type === (i % 2 === 0 ? 'O' : 'C'))).toBe(true)
      for (let i = 0; i < events.length; i += 2) {
        const [{ frame, at: start }, { at: end }] = events.slice(i, i + 2) as [SpeedscopeEvent, SpeedscopeEvent]
        // A frame's name is that of the event with its arguments.
        const text = shown.shared.frames[frame]?.name ?? ''
        const split = text.indexOf(' {"outcome"')
        if (split < 0) continue
        const { id } = JSON.parse(text.slice(split)) as { id: string }
        found.set(id, { name: text.slice(0, split), start, end, lane })
      }
    }
    // It leaves out what has no length: one that took no time, and one whose end is not known.
    const shownOnes = operations.filter(({ duration, endUnknown }) => duration !== 0 && endUnknown === undefined)
    expect(found.size).toBe(shownOnes.length)
    // Each lane counts from a moment of its own.
    const zeros = new Map<number | undefined, number>()
    const wrong = shownOnes.filter(({ id, operationName, startTime, duration }) => {
      const { name, start = Number.NaN, end = Number.NaN, lane } = found.get(id) ?? {}
      const zero = zeros.get(lane) ?? startTime - start / 1_000
      zeros.set(lane, zero)
      const starts = Math.abs(zero + start / 1_000 - startTime) < 2 * MAX_ERROR_MS
      const ends = duration === undefined || Math.abs((end - start) / 1_000 - duration) < 2 * MAX_ERROR_MS
      return !(name === operationName && starts && ends)
    })
    expect(wrong).toEqual([])
  } finally {
    await browser.close()
    await close()
  }
})
