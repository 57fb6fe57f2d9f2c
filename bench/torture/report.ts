// Node. The torture in figures, and what of it may not be.
import type { Tally } from './tally.ts'
import type { Happened, TorturePlan } from './torture.ts'

const whole = (value: number): string => value.toLocaleString('en')

export function tortureReport(title: string, happened: Happened, tally: Tally): string {
  const { operations: _, ...events } = happened
  const reasons = Object.entries(tally.gapByReason).map(([reason, count]) => `${reason} ${whole(count)}`)
  return [
    `\n### ${title}`,
    `  ${Object.entries(events)
      .map(([event, count]) => `${event} ${count}`)
      .join(', ')}`,
    `  made      ${whole(tally.made)}`,
    `  stored    ${whole(tally.stored)}`,
    `  gap       ${whole(tally.gap)}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`,
    `  duplicate ${whole(tally.duplicate)}`,
  ].join('\n')
}

/** Empty when nothing was lost unsaid, and nothing stored twice. */
export function faultsOf(plan: TorturePlan, tally: Tally): string[] {
  const { made, stored, gap, duplicate, duplicates, unknown, missing, missingByDocument } = tally
  const faults: string[] = []
  if (stored + gap !== made) faults.push(`stored + gap is ${whole(stored + gap)}, made ${whole(made)}`)
  if (missing !== gap) faults.push(`${whole(missing)} missing: ${JSON.stringify(missingByDocument)}`)
  if (duplicate > 0) faults.push(`${whole(duplicate)} stored twice: ${JSON.stringify(duplicates)}`)
  if (unknown > 0) faults.push(`${whole(unknown)} stored that were never made`)
  if (plan.navigations + plan.returns === 0 && gap > 0) faults.push(`a gap, though no page was left`)
  return faults
}
