// Any world: what limits a comparison, beside the number of samples: how the sides were recorded, and what is missing.
import type { SessionModel } from '../session/session-model.ts'
import { MAX_NAMES, type Run } from './samples.ts'

/** Runs of a side from which on differences from run to run are known well enough. */
export const MIN_RUNS = 5

/** A sentence each. @param unnamed operations that are not compared as their name is one too many. */
export function limitsOf(before: readonly Run[], after: readonly Run[], unnamed: number): string[] {
  const limits: string[] = []
  const differ = (of: (session: SessionModel) => readonly unknown[]): boolean =>
    distinct(before, of) !== distinct(after, of)
  if (differ(({ documents }) => documents.all.map(({ userAgent }) => userAgent))) {
    limits.push('The sides were recorded in different browsers, so a difference may be the browser’s.')
  }
  if (differ(({ documents }) => [documents.clockResolution])) {
    limits.push('The pages’ timers differ in resolution: differences below the coarser one say nothing.')
  }
  if (differ(({ documents }) => documents.all.map(({ url }) => originOf(url)))) {
    limits.push('The sides are of different sites.')
  }
  const [lostBefore, lostAfter] = [lostOf(before), lostOf(after)]
  if (lostBefore + lostAfter > 0) {
    limits.push(
      `Operations were lost: ${numberOf(lostBefore)} of the baseline, ${numberOf(lostAfter)} of the new side. Durations are of those that were kept.`,
    )
  }
  const paused = [...before, ...after].filter(({ session }) =>
    session.gaps.all.some(({ reason }) => reason === 'paused'),
  )
  if (paused.length > 0) {
    limits.push('Recording was paused in at least one session, so counts cannot be compared.')
  }
  const runs = Math.min(before.length, after.length)
  if (runs === 1) {
    limits.push(
      `With a single run on a side, a difference between two runs of the same code looks like a change. Compare ${MIN_RUNS} runs a side to be sure.`,
    )
  } else if (runs < MIN_RUNS) {
    limits.push(
      `With fewer than ${MIN_RUNS} runs a side, only large changes can be distinguished from differences between runs.`,
    )
  }
  if (unnamed > 0) {
    limits.push(
      `${numberOf(unnamed)} operations were not compared: they have other names than the first ${numberOf(MAX_NAMES)}.`,
    )
  }
  return limits
}

function distinct(runs: readonly Run[], of: (session: SessionModel) => readonly unknown[]): string {
  return JSON.stringify([...new Set(runs.flatMap(({ session }) => of(session)))].sort())
}

function originOf(url: string): string {
  return /^[a-z][\w+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? url
}

function lostOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { session }) => sum + session.gaps.lost, 0)
}

function numberOf(count: number): string {
  return count.toLocaleString('en')
}
