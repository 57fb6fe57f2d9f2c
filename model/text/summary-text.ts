// Model: a session summarized in one line, and the texts that other views share with it.
import { MAX_EXACT } from '../../session/exact-totals.ts'
import type { GroupTotals } from '../analysis/group-totals.ts'
import type { Rows } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import { shownStats } from '../session/session-stats.ts'
import { type Formatters, UNKNOWN } from './formatters.ts'
import { lossTexts } from './gap-text.ts'
import { END_UNKNOWN } from './outcome-text.ts'

/** A value as text, and a longer explanation. */
export interface SummaryPart {
  text: string
  more?: string | undefined
}

/** The latest known size of the heap. */
export function heapText({ memory, documents }: SessionModel, formatters: Formatters): string {
  if (memory.length > 0) return formatters.bytes(memory.used.get(memory.length - 1))
  return documents.memoryAvailable === false ? 'not available' : UNKNOWN
}

const EXACTNESS = `Exact for up to ${MAX_EXACT} operations if none were lost, else within 1%.`

/** What each quantile means, and how exact it is. */
export const QUANTILE_HINTS = {
  p50: `Half finished within this time. ${EXACTNESS}`,
  p95: `95% finished within this time. ${EXACTNESS}`,
  p99: `99% finished within this time. ${EXACTNESS}`,
}

export function quantileText(value: number | undefined, { documents }: SessionModel, formatters: Formatters): string {
  return value === undefined ? UNKNOWN : formatters.duration(value, documents.clockResolution)
}

/** Which share of the session's time our own tasks occupied the main threads of pages. Empty if that is unknown. */
function overheadTexts({ overheadMs, first, latest }: SessionModel, formatters: Formatters): string[] {
  return overheadMs === undefined || latest <= first
    ? []
    : [`monitor overhead ${formatters.percent(overheadMs / (latest - first))}`]
}

/** What was lost and why; undefined if nothing was. */
export function lossText({ gaps }: SessionModel, formatters: Formatters): string | undefined {
  return lossTexts(gaps, formatters).join('; ') || undefined
}

/** @param totals of the operations that are shown */
export function summaryParts(
  session: SessionModel,
  shown: Rows,
  totals: GroupTotals,
  formatters: Formatters,
): SummaryPart[] {
  const count = shown.to - shown.from - totals.others
  const { failedOperations, cancelledOperations, p50, p95 } = shownStats(session, shown, totals)
  const all = session.operations.order.length + session.gaps.lost
  const beforeLost = [
    `${count === all ? '' : `${formatters.count(count)} / `}${formatters.count(all, 'operation')}`,
    ...(totals.others > 0 ? [formatters.count(totals.others, 'other request')] : []),
    `${formatters.count(failedOperations)} failed`,
    `${formatters.count(cancelledOperations)} cancelled`,
    `${formatters.count(totals.running)} running`,
    ...(totals.endUnknown > 0 ? [`${formatters.count(totals.endUnknown)} with ${END_UNKNOWN}`] : []),
    `${formatters.count(totals.slow)} slow`,
    `p50 ${quantileText(p50, session, formatters)}`,
    `p95 ${quantileText(p95, session, formatters)}`,
    `heap ${heapText(session, formatters)}`,
  ]
  return [
    ...beforeLost.map(text => ({ text })),
    { text: `${formatters.count(session.gaps.lost)} lost`, more: lossText(session, formatters) },
    ...overheadTexts(session, formatters).map(text => ({ text })),
  ]
}
