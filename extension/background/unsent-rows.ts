// Background: which operations of a session are sent next. A row stays the same each time that the log is read, so a number
// and a short list say what was sent.
import type { SentProgress } from '../../wire/messages.ts'

/** Rows that are remembered as running. Beyond them, the oldest are counted as lost: the list is stored with each message. */
export const MAX_RUNNING = 1_000

export const NOTHING_SENT: SentProgress = { rows: 0, running: [], position: 0, taken: 0, lost: 0 }

/** `recent`: it has ended, but what DevTools knows of it may still arrive. */
export type RowState = 'running' | 'recent' | 'ended'

export interface NextRows {
  rows: number[]
  /** The progress once they are sent. The caller counts what the collector has taken. */
  after: SentProgress
  /** There are rows that have to be looked at again, without the log having grown. */
  isWaiting: boolean
}

/**
 * @param length how many rows the session has.
 * @param max rows to return at most.
 */
export function nextRows(
  progress: SentProgress,
  length: number,
  stateOf: (row: number) => RowState,
  max: number,
): NextRows {
  const rows: number[] = []
  let isWaiting = false
  const running = progress.running.filter(row => {
    const state = stateOf(row)
    if (state === 'recent') isWaiting = true
    if (state !== 'ended' || rows.length >= max) return true
    rows.push(row)
    return false
  })
  let next = progress.rows
  for (; next < length && rows.length < max; next++) {
    const state = stateOf(next)
    if (state === 'running') running.push(next)
    else if (state === 'ended') rows.push(next)
    else {
      isWaiting = true
      break
    }
  }
  const dropped = Math.max(0, running.length - MAX_RUNNING)
  running.splice(0, dropped)
  return { rows, after: { ...progress, rows: next, running, lost: progress.lost + dropped }, isWaiting }
}
