// The library, in any JavaScript environment: callbacks that can't harm each other or their caller.

interface ErrorReporting {
  reportError?: (error: unknown) => void
  console?: { error(...data: unknown[]): void }
}

/** Reports an error as an uncaught one where the platform can (HTML `reportError`), else on the console. */
export function report(error: unknown): void {
  try {
    const { reportError, console } = globalThis as ErrorReporting
    if (reportError) reportError(error)
    else console?.error('A listener threw', error)
  } catch {
    // A page's own replacement that throws must not reach the operation.
  }
}

/** A set of callbacks. The list is replaced, never changed, so a round of calls sees the list it began with. */
export class Listeners<T> {
  #list: readonly ((value: T) => void)[] = []

  get _size(): number {
    return this.#list.length
  }

  /** Returns the undo. The same function twice is one listener. */
  _add(listener: (value: T) => void): () => void {
    if (!this.#list.includes(listener)) this.#list = [...this.#list, listener]
    return () => this._remove(listener)
  }

  _remove(listener: (value: T) => void): void {
    this.#list = this.#list.filter(other => other !== listener)
  }

  _notify(value: T): void {
    for (const listener of this.#list) {
      try {
        listener(value)
      } catch (error) {
        report(error)
      }
    }
  }
}
