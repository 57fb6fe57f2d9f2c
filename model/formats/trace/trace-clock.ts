// Model: times as trace events have them: whole microseconds since the start of the session. A double can't tell
// microseconds apart since the Unix epoch and add them up exactly.
import type { SessionModel } from '../../session/session-model.ts'

export interface TraceClock {
  /** Microseconds since `epoch`. */
  at(time: number): number
  /** Milliseconds since the Unix epoch at which the trace's time is 0. */
  epoch: number
}

/** @param lead milliseconds before the session at which the trace begins. */
export function createTraceClock({ first }: SessionModel, lead = 0): TraceClock {
  const epoch = Math.floor(first) - lead
  // What came before the session, such as the navigation to a page that was open already, is put at its start.
  return { epoch, at: time => Math.max(lead * 1_000, Math.round((time - epoch) * 1_000)) }
}
