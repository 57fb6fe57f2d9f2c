// Node. What is promised of the panel, and whether these figures keep it.
import { spreadOf } from '../harness/spread.ts'
import type { Verdict } from '../harness/verdict.ts'
import { LIVE_VIEWS } from './live.ts'
import type { Figures } from './measure.ts'
import { STEPS } from './steps.ts'

const [SMALL, LARGE] = [10_000, 1_000_000]
/** Milliseconds: from here on the browser itself calls a task long. */
const LONG_TASK = 50
/** Milliseconds in which a session of a million operations has its insights. */
const MAX_INSIGHTS = 3_000
/** Bytes of typed arrays for each operation of a session of a million. */
const MAX_BYTES = 150

export function verdicts(formatters: Figures): Verdict[] {
  const found: (Verdict | undefined)[] = []
  for (const what of ['pan', 'zoom']) {
    const small = median(formatters, what, 'panel', SMALL)
    found.push(ratio(`${what} frame, 1M / 10k`, median(formatters, what, 'panel', LARGE), small, 2))
    found.push(ratio(`${what} frame at 10k / plain uPlot points`, small, median(formatters, what, 'uplot', SMALL), 0.5))
  }
  const firstCharts = [LARGE, SMALL].map(size => median(formatters, 'first-chart', 'panel', size))
  found.push(ratio('first chart of a stored session, 1M / 10k', firstCharts[0], firstCharts[1], 3))
  found.push(atMost('all insights at 1M, CPU', median(formatters, 'insights', 'panel', LARGE), MAX_INSIGHTS))
  const buffers = median(formatters, 'buffers', 'panel', LARGE)
  if (buffers !== undefined) {
    const bytes = buffers / LARGE
    const measured = `${bytes.toFixed(0)} bytes`
    found.push({
      promise: 'typed arrays at 1M, an operation',
      measured,
      target: `≤ ${MAX_BYTES} bytes`,
      met: bytes <= MAX_BYTES,
    })
  }
  for (const { id, title } of [...LIVE_VIEWS, ...STEPS])
    found.push(atMost(`longest task at 1M, ${title}`, worst(formatters, `${id} longest`)))
  return found.filter(verdict => verdict !== undefined)
}

export function median(formatters: Figures, what: string, who: string, operations: number): number | undefined {
  return spreadOf(formatters.of(what, who, operations))?.median
}

function worst(formatters: Figures, what: string): number | undefined {
  return spreadOf(formatters.of(what, 'panel', LARGE))?.max
}

function ratio(promise: string, of: number | undefined, to: number | undefined, most: number): Verdict | undefined {
  if (of === undefined || to === undefined) return undefined
  const measured = of / to
  return { promise, measured: `${measured.toFixed(2)} ×`, target: `≤ ${most} ×`, met: measured <= most }
}

function atMost(promise: string, milliseconds: number | undefined, most = LONG_TASK): Verdict | undefined {
  if (milliseconds === undefined) return undefined
  const measured = `${milliseconds.toFixed(1)} ms`
  return { promise, measured, target: `≤ ${most} ms`, met: milliseconds <= most }
}
