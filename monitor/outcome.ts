// The library, in any JavaScript environment: what a rejection says about an operation.
import type { Outcome } from '../wire/operations.ts'

/**
 * `cancelled` for an AbortError (DOM §3.1: what an aborted signal rejects with unless given another reason),
 * `failed` for all else; a TimeoutError is a failure.
 */
export function outcomeOf(thrown: unknown): Extract<Outcome, 'failed' | 'cancelled'> {
  try {
    const isAbort = typeof thrown === 'object' && (thrown as { name?: unknown } | null)?.name === 'AbortError'
    return isAbort ? 'cancelled' : 'failed'
  } catch {
    return 'failed'
  }
}

/** What was thrown, as an Error: itself, or one with it as its cause. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown
  try {
    return new Error(String(thrown), { cause: thrown })
  } catch {
    return new Error('[unreadable]', { cause: thrown })
  }
}
