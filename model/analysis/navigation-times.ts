// Model: when the page navigated, in epoch milliseconds: to another document, or within one (a soft navigation).
import type { SessionModel } from '../session/session-model.ts'

export function* navigationTimes({ marks, pageEvents }: SessionModel): Generator<number, void> {
  for (const { time } of marks) yield time
  for (const { type, start } of pageEvents) if (type === 'soft-navigation') yield start
}
