// Any world: what was found of one name, in a sentence.
import { timeText } from '../insights/amounts.ts'
import type { ComparedName } from './compare-sessions.ts'
import { MIN_SAMPLES } from './verdict.ts'

export function verdictText({ verdict, difference, before, after, moreRuns }: ComparedName): string {
  if (verdict === 'new') return 'New: the baseline has no such operation.'
  if (verdict === 'gone') return 'Gone: only the baseline has such operations.'
  if (!difference) return 'Inconclusive: no operation of one side ended well.'
  const { ratio, shift } = difference
  const interval = `${changeText(ratio.low)} to ${changeText(ratio.high)}`
  const change = `${changeText(ratio.estimate)} (${interval}), ${shiftText(shift.estimate)} a call`
  switch (verdict) {
    case 'slower':
      return `Slower: ${change}.`
    case 'faster':
      return `Faster: ${change}.`
    case 'same':
      return `The same: if it changed, then by ${interval}.`
    case 'inconclusive': {
      const few = Math.min(before.durations.length, after.durations.length) < MIN_SAMPLES
      const why = few ? ` Fewer than ${MIN_SAMPLES} operations on a side say nothing.` : ''
      const advice =
        moreRuns === undefined ? '' : ` About ${moreRuns} more run${moreRuns === 1 ? '' : 's'} a side would tell.`
      return `Inconclusive: anything between ${changeText(ratio.low)} and ${changeText(ratio.high)} fits what was recorded.${why}${advice}`
    }
  }
}

const PERCENT = new Intl.NumberFormat('en', {
  style: 'percent',
  signDisplay: 'exceptZero',
  maximumSignificantDigits: 2,
})

/** A ratio of durations as a change: `+12%`. */
export function changeText(ratio: number): string {
  return PERCENT.format(ratio - 1)
}

/** Milliseconds more or less. */
export function shiftText(ms: number): string {
  const amount = Math.abs(ms) < 10 ? `${Number(Math.abs(ms).toPrecision(2))} ms` : timeText(Math.abs(ms))
  return ms === 0 ? '±0 ms' : `${ms < 0 ? '−' : '+'}${amount}`
}
