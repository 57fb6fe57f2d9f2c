// Any world: an insight in one line: what, where, up to how much, how sure.
import { bytesText, countText, timeText } from './amounts.ts'
import type { Confidence, Insight } from './insight.ts'
import { MIN_SAVED_MS } from './rank.ts'
import { ruleOf } from './rules.ts'

export interface InsightLine {
  what: string
  where: string
  /** What it costs: failures, or else time at most, or else requests or bytes. */
  amount: string
  sure: Confidence
}

/** What the words for confidence mean. */
export const CONFIDENCE_TEXT: Record<Confidence, string> = {
  certain: 'Certain: what is stated is in the recording.',
  likely: 'Likely: what is stated is in the recording, and the advice follows unless something unrecorded forbids it.',
  possible: 'Possible: a fact that this depends on was not recorded.',
}

export function lineOf(
  insight: Pick<Insight, 'kind' | 'route' | 'confidence' | 'savedMs' | 'failures' | 'waste'>,
): InsightLine {
  return {
    what: ruleOf(insight.kind).title,
    where: insight.route,
    amount: amountOf(insight),
    sure: insight.confidence,
  }
}

function amountOf({
  kind,
  savedMs,
  failures = 0,
  waste,
}: Pick<Insight, 'kind' | 'savedMs' | 'failures' | 'waste'>): string {
  if (failures > 0) return `${failures.toLocaleString('en')} failed`
  if (savedMs >= MIN_SAVED_MS) return `up to ${timeText(savedMs)}`
  if (waste?.requests) return countText(waste.requests, kind === 'chatty-websocket' ? 'message' : 'request')
  return waste?.bytes ? bytesText(waste.bytes) : ''
}
