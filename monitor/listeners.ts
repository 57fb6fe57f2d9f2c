// The library, in any JavaScript environment: callbacks whose errors affect neither each other nor their caller.

interface ErrorReporting {
  reportError?: (error: unknown) => void
  console?: { error(...data: unknown[]): void }
}

/**
 * Reports an error as an uncaught one where the platform can, else on the console.
 * https://html.spec.whatwg.org/multipage/webappapis.html#dom-reporterror
 */
export function report(error: unknown): void {
  try {
    const { reportError, console } = globalThis as ErrorReporting
    if (reportError) reportError(error)
    else console?.error(error)
  } catch {
    // A page's own replacement that throws must not reach the operation.
  }
}

/** An async listener fails after it has returned. Unhandled, its rejection would end a Node process. */
function reportRejection(result: unknown): void {
  try {
    if (Object.prototype.toString.call(result) !== '[object Promise]') return
    // Where zone.js is loaded, `Promise` is its own, and async functions still return the engine's.
    const promise = result instanceof Promise ? Promise.prototype : (async () => {})()
    promise.then.call(result, undefined, report)
  } catch {
    // It is not a promise: other results are left alone.
  }
}

/** A set of callbacks. The list is replaced, never changed, so a round of calls sees the list it began with. */
export class Listeners<T> {
  _list: readonly ((value: T) => unknown)[] = []

  /** Returns the undo. The same function twice is one listener. */
  _add(listener: (value: T) => unknown): () => void {
    if (!this._list.includes(listener)) this._list = [...this._list, listener]
    return () => this._remove(listener)
  }

  _remove(listener: (value: T) => unknown): void {
    this._list = this._list.filter(other => other !== listener)
  }

  _notify(value: T): void {
    for (const listener of this._list) {
      try {
        reportRejection(listener(value))
      } catch (error) {
        report(error)
      }
    }
  }
}
