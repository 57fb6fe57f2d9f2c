// Panel: a session in one line. Touches no DOM.
import type { GroupTotals } from '../analysis/group-totals.ts'
import { END_UNKNOWN } from '../list/outcome-text.ts'
import type { Rows } from '../session/rows-in.ts'
import { shownFigures } from '../session/session-figures.ts'
import type { SessionFold } from '../session/session-fold.ts'
import { type Figures, UNKNOWN } from './figures.ts'

/** The heap's last known size. */
export function heapText({ memory, documents }: SessionFold, figures: Figures): string {
  if (memory.length > 0) return figures.bytes(memory.used.get(memory.length - 1))
  return documents.memoryAvailable === false ? 'not available' : UNKNOWN
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

/** @param totals of the operations that are shown. */
export function summaryText(session: SessionFold, shown: Rows, totals: GroupTotals, figures: Figures): string {
  const count = shown.to - shown.from
  const { failedOperations, cancelledOperations, p50, p95 } = shownFigures(session, shown, totals)
  const all = session.operations.length + session.gaps.lost
  return [
    `${count === all ? '' : `${figures.count(count)} / `}${figures.count(all, 'operation')}`,
    `${figures.count(failedOperations)} failed`,
    `${figures.count(cancelledOperations)} cancelled`,
    `${figures.count(totals.running)} running`,
    ...(totals.endUnknown > 0 ? [`${figures.count(totals.endUnknown)} ${END_UNKNOWN}`] : []),
    `${figures.count(totals.slow)} slow`,
    `p50 ${quantileText(p50, session, figures)}`,
    `p95 ${quantileText(p95, session, figures)}`,
    `heap ${heapText(session, figures)}`,
    `${figures.count(session.gaps.lost)} lost`,
    ...overheadTexts(session, figures),
  ].join(' · ')
}
