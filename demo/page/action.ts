// World: the demo page. What a button does, and what it says.

import type { Tone } from './log.ts'

export interface Result {
  readonly text: string
  readonly tone: Tone
}

/** Never rejects: a failure that was asked for is a result as well. */
export type Action = () => Promise<Result>

export const ok = (text: string): Result => ({ text, tone: 'ok' })
export const failed = (text: string): Result => ({ text, tone: 'failed' })
export const note = (text: string): Result => ({ text, tone: 'note' })

/** The result of every action that needs the monitor when it isn't there. */
export const monitorAbsent = note('No monitor in this page: open DevTools → Perf, then reload the page.')

export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
