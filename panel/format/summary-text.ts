// Panel: a session in one line. Touches no DOM.
import { OUTCOMES, type Outcome } from '../../wire/operations.ts'
import type { Rows } from '../session/rows-in.ts'
import type { SessionFold } from '../session/session-fold.ts'
import { type Figures, UNKNOWN } from './figures.ts'

export function countOf({ operations }: SessionFold, outcome: Outcome): number {
  return operations.counts[OUTCOMES.indexOf(outcome)] ?? 0
}

/** The heap's last known size. */
export function heapText({ memory, documents }: SessionFold, figures: Figures): string {
  if (memory.length > 0) return figures.bytes(memory.used.get(memory.length - 1))
  return documents.memoryAvailable === false ? 'not available' : UNKNOWN
}

export function quantileText(value: number | undefined, { documents }: SessionFold, figures: Figures): string {
  return value === undefined ? UNKNOWN : figures.duration(value, documents.clockResolution)
}

export function summaryText(session: SessionFold, shown: Rows, figures: Figures): string {
  const all = session.operations.length
  const count = shown.to - shown.from
  const { p50, p95 } = session.operations.totals.figures()
  return [
    `${count === all ? '' : `${figures.count(count)} / `}${figures.count(all)} ${all === 1 ? 'operation' : 'operations'}`,
    `${figures.count(countOf(session, 'failed'))} failed`,
    `${figures.count(countOf(session, 'cancelled'))} cancelled`,
    `${figures.count(countOf(session, 'pending'))} pending`,
    `p50 ${quantileText(p50, session, figures)}`,
    `p95 ${quantileText(p95, session, figures)}`,
    `heap ${heapText(session, figures)}`,
    `${figures.count(session.gaps.lost)} lost`,
  ].join(' · ')
}
