// Panel: outcomes in words.
import type { Outcome } from '../../wire/operations.ts'

export function outcomeText(outcome: Outcome): string {
  return outcome === 'pending' ? 'running' : outcome
}
