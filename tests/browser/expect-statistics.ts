// Test: compares the statistics that the panel shows with a naive computation over the exported file.
import type { Frame, Locator } from 'playwright/test'
import { TREND_STEPS } from '../../model/analysis/group-totals.ts'
import { createFormatters, type Formatters } from '../../model/text/formatters.ts'
import { sparklinePath } from '../../panel/views/operations/group-grid.ts'
import { MAX_EXACT } from '../../session/exact-totals.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expect } from './perf-test.ts'
import { type NaiveStatistics, naiveQuantile, naiveStatistics } from './workload.ts'

/** The part of a session that is shown. */
export interface Shown {
  operations: readonly SessionOperation[]
  /** Epoch milliseconds. */
  range: { from: number; to: number }
  /** Operations of this many milliseconds or more are slow. */
  slowThreshold: number
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const

interface Reading {
  panel: Frame
  session: SessionFile
  formatters: Formatters
  /** The resolution of the timer in milliseconds. */
  resolution: number
}

export async function readingOf(panel: Frame, session: SessionFile): Promise<Reading> {
  const formatters = createFormatters(await panel.evaluate(() => navigator.language))
  const resolution = Math.max(...session.documents.map(({ clockResolution }) => clockResolution))
  return { panel, session, formatters, resolution }
}

/** The open Summary tab. Everything is exact, except for quantiles of many operations, which are exact to 1%. */
export async function expectTotals(reading: Reading, shown: Shown): Promise<void> {
  const { panel, formatters, resolution, session } = reading
  const naive = naiveStatistics(shown.operations)
  const totals = panel.getByRole('region', { name: 'Totals' })
  const field = (name: string) => totals.locator('.field').filter({ hasText: name }).locator('.field-value')
  await expect(field('Operations')).toHaveText(formatters.count(naive.count))
  await expect(field('Max')).toHaveText(formatters.duration(naive.durations.at(-1) ?? Number.NaN, resolution))
  await expect(field('Total time')).toHaveText(formatters.duration(naive.sum, resolution))
  await expect(field('Slow')).toHaveText(new RegExp(`^${slowOf(shown)} \\(≥ `))
  await expectQuantiles(naive, field, reading)
  const { from, to } = shown.range
  await expect(field('Throughput')).toHaveText(formatters.rate((naive.count * 1000) / (to - from)))
  await expect(field('Heap growth')).toHaveText(heapText(session, shown.range, formatters))
  for (const [text, count] of [
    ['ok', naive.count - naive.failed - naive.cancelled - naive.running],
    ['failed', naive.failed],
    ['cancelled', naive.cancelled],
  ] as const) {
    const shares = totals.getByRole('listitem').filter({ hasText: text })
    if (count === 0) await expect(shares).toHaveCount(0)
    else
      await expect(shares).toHaveText(`${formatters.count(count)} ${text} ${formatters.percent(count / naive.count)}`)
  }
  await expect(panel.getByRole('img', { name: 'Durations: ' })).toHaveAccessibleName(
    `Durations: ${formatters.count(naive.durations.length)} operations`,
  )
}

/** The open table of groups: each column of each row. */
export async function expectGroups({ panel, formatters, resolution }: Reading, shown: Shown): Promise<void> {
  const rows = panel
    .getByRole('grid', { name: 'Operations by name' })
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })
  const names = [...new Set(shown.operations.map(({ operationName }) => operationName))].sort()
  await expect(rows).toHaveCount(names.length)
  const countOrNothing = (count: number): string => (count === 0 ? '' : formatters.count(count))
  for (const name of names) {
    const operations = shown.operations.filter(({ operationName }) => operationName === name)
    const own = naiveStatistics(operations)
    const row = rows.filter({ has: panel.locator('.cell.name', { hasText: name }) })
    const cell = (key: string) => row.locator(`.cell.${key}`)
    await expect(cell('count')).toHaveText(formatters.count(own.count))
    const withShare = (count: number): string =>
      count === 0 ? '' : `${count} (${formatters.percent(count / own.count)})`
    await expect(cell('failed')).toHaveText(withShare(own.failed))
    await expect(cell('cancelled')).toHaveText(withShare(own.cancelled))
    await expect(cell('max')).toHaveText(formatters.duration(own.durations.at(-1) ?? Number.NaN, resolution))
    await expect(cell('total')).toHaveText(formatters.duration(own.sum, resolution))
    await expect(cell('running')).toHaveText(countOrNothing(own.running))
    await expect(cell('slow')).toHaveText(countOrNothing(slowOf({ ...shown, operations })))
    await expect(cell('trend').locator('path')).toHaveAttribute('d', sparklinePath(trendOf(operations, shown.range)))
    await expectQuantiles(own, cell, { formatters, resolution })
  }
}

/** Exact for a few operations; else within 1% and the last digit that is shown. */
async function expectQuantiles(
  naive: NaiveStatistics,
  cell: (key: string) => Locator,
  { formatters, resolution }: Pick<Reading, 'formatters' | 'resolution'>,
): Promise<void> {
  for (const [key, share] of Object.entries(QUANTILES)) {
    const exact = naiveQuantile(naive, share)
    if (naive.durations.length <= MAX_EXACT) {
      await expect(cell(key)).toHaveText(formatters.duration(exact, resolution))
      continue
    }
    const shown = Number.parseFloat((await cell(key).textContent()) ?? '')
    expect(Math.abs(shown - exact)).toBeLessThan(exact * 0.01 + 0.06)
  }
}

function slowOf({ operations, slowThreshold }: Pick<Shown, 'operations' | 'slowThreshold'>): number {
  return operations.filter(({ duration = 0 }) => duration >= slowThreshold).length
}

function heapText({ memory }: SessionFile, { from, to }: Shown['range'], formatters: Formatters): string {
  const sizes = memory.filter(({ time }) => time >= from && time <= to).map(({ usedJSHeapSize }) => usedJSHeapSize)
  const [before, after] = [sizes[0], sizes.at(-1)]
  if (sizes.length < 2 || before === undefined || after === undefined) return '—'
  const growth = `${after >= before ? '+' : ''}${formatters.bytes(after - before)}`
  return `${growth} (${formatters.bytes(before)} → ${formatters.bytes(after)})`
}

/** Durations by the step of the range in which their operations started. */
function trendOf(operations: readonly SessionOperation[], { from, to }: Shown['range']) {
  const trend = { trendSums: new Float64Array(TREND_STEPS), trendCounts: new Float64Array(TREND_STEPS) }
  for (const { startTime, duration } of operations) {
    if (duration === undefined) continue
    const step = Math.min(Math.floor(((startTime - from) * TREND_STEPS) / (to - from)), TREND_STEPS - 1)
    ;(trend.trendSums[step] as number) += duration
    ;(trend.trendCounts[step] as number)++
  }
  return trend
}
