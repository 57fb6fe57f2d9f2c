// Panel: a session in one line. Touches no DOM.
import { EXACT } from '../../session/exact-totals.ts'
import type { GroupTotals } from '../analysis/group-totals.ts'
import type { Rows } from '../session/rows-in.ts'
import type { SessionFold } from '../session/session-model.ts'
import { shownFigures } from '../session/session-stats.ts'
import { type Figures, UNKNOWN } from './formatters.ts'
import { lossTexts } from './gap-text.ts'
import { END_UNKNOWN } from './outcome-text.ts'

/** A figure in words, and what else there is to say of it. */
export interface SummaryPart {
  text: string
  more?: string | undefined
}

/** The heap's last known size. */
export function heapText({ memory, documents }: SessionFold, figures: Figures): string {
  if (memory.length > 0) return figures.bytes(memory.used.get(memory.length - 1))
  return documents.memoryAvailable === false ? 'not available' : UNKNOWN
}

const EXACTNESS = `Exact for up to ${EXACT} operations; for more, or where some are lost, within 1 %.`

/** What a quantile is, and how exact. */
export const QUANTILE_HINTS = {
  p50: `Half took no longer. ${EXACTNESS}`,
  p95: `95 % took no longer. ${EXACTNESS}`,
  p99: `99 % took no longer. ${EXACTNESS}`,
}

export function quantileText(value: number | undefined, { documents }: SessionFold, figures: Figures): string {
  return value === undefined ? UNKNOWN : figures.duration(value, documents.clockResolution)
}

/** Which share of the session's time our own tasks kept the pages' main threads. Nothing where that is not known. */
function overheadTexts({ ownTime, first, latest }: SessionFold, figures: Figures): string[] {
  return ownTime === undefined || latest <= first
    ? []
    : [`monitor overhead ${figures.percent(ownTime / (latest - first))}`]
}

/** Why something is missing; undefined where nothing is. */
export function lossText({ gaps }: SessionFold, figures: Figures): string | undefined {
  return lossTexts(gaps, figures).join('; ') || undefined
}

/** @param totals of the operations that are shown. */
export function summaryParts(session: SessionFold, shown: Rows, totals: GroupTotals, figures: Figures): SummaryPart[] {
  const count = shown.to - shown.from
  const { failedOperations, cancelledOperations, p50, p95 } = shownFigures(session, shown, totals)
  const all = session.operations.length + session.gaps.lost
  const beforeLost = [
    `${count === all ? '' : `${figures.count(count)} / `}${figures.count(all, 'operation')}`,
    `${figures.count(failedOperations)} failed`,
    `${figures.count(cancelledOperations)} cancelled`,
    `${figures.count(totals.running)} running`,
    ...(totals.endUnknown > 0 ? [`${figures.count(totals.endUnknown)} ${END_UNKNOWN}`] : []),
    `${figures.count(totals.slow)} slow`,
    `p50 ${quantileText(p50, session, figures)}`,
    `p95 ${quantileText(p95, session, figures)}`,
    `heap ${heapText(session, figures)}`,
  ]
  return [
    ...beforeLost.map(text => ({ text })),
    { text: `${figures.count(session.gaps.lost)} lost`, more: lossText(session, figures) },
    ...overheadTexts(session, figures).map(text => ({ text })),
  ]
}
