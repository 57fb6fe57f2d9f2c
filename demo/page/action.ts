// World: the demo page. What a button does, and what it tells.

import type { Tone } from './log.ts'

export interface Told {
  readonly text: string
  readonly tone: Tone
}

/** Never rejects: a failure that was asked for is a result to tell. */
export type Action = () => Promise<Told>

export const ok = (text: string): Told => ({ text, tone: 'ok' })
export const failed = (text: string): Told => ({ text, tone: 'failed' })
export const note = (text: string): Told => ({ text, tone: 'note' })

/** Told by every action that needs the monitor when it isn't there. */
export const monitorAbsent = note('No monitor in this page: open DevTools → Perf, then reload the page.')

export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
