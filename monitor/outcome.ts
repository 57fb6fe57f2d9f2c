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
  try {
    return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown })
  } catch {
    // A revoked proxy, or an object whose toString throws.
    return new Error('[unreadable]', { cause: thrown })
  }
}
