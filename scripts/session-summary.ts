// World: Node. An exported session in three lines.

import type { SessionFile } from '../session/format.ts'

type Summarized = Pick<SessionFile, 'operations' | 'memory' | 'gaps' | 'availability'>

export function summarizeSession({ operations, memory, gaps, availability }: Summarized): string {
  const outcomes = new Map<string, number>()
  for (const { outcome } of operations) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  const byOutcome = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
  const samples = availability.memory === 'not available' ? 'not available' : memory.length
  return [
    `operations: ${operations.length}${byOutcome ? ` (${byOutcome})` : ''}`,
    `memory samples: ${samples}`,
    `gaps: ${gaps.length}`,
  ].join('\n')
}
