// The library, in any JavaScript environment: what a rejection says about an operation.
import { CANCELLED, FAILED } from '../wire/operations.ts'

/**
 * The index in OUTCOMES: CANCELLED for an AbortError, which is what an aborted signal rejects with unless it was given
 * another reason (https://dom.spec.whatwg.org/#abortsignal-signal-abort), and FAILED for all else, a TimeoutError too.
 */
export function outcomeOf(thrown: unknown): number {
  try {
    const isAbort = typeof thrown === 'object' && (thrown as { name?: unknown } | null)?.name === 'AbortError'
    return isAbort ? CANCELLED : FAILED
  } catch {
    return FAILED
  }
}

/** What was thrown, as an Error: itself, or one with it as its cause. */
export function toError(thrown: unknown): Error {
  try {
    return isError(thrown) ? thrown : new Error(String(thrown), { cause: thrown })
  } catch {
    // A revoked proxy, or an object whose toString throws.
    return new Error('[unreadable]', { cause: thrown })
  }
}

/** Also for errors of another realm, such as an iframe, or Node's own in Jest, whose class is another `Error`. */
function isError(value: unknown): value is Error {
  return value instanceof Error || /^\[object (Error|DOMException)\]$/.test(Object.prototype.toString.call(value))
}
