// The library, in any JavaScript environment: which operation's code is running, across awaits, where the
// platform can tell. Without it a parent is known only through a handle or in its synchronous extent.

/** `AsyncLocalStorage` in Node; the same two methods over TC39's `AsyncContext.Variable` in a browser. */
export interface ParentContext {
  run<T>(id: number, inside: () => T): T
  getStore(): number | undefined
}

interface AsyncContextGlobal {
  AsyncContext?: { Variable: new () => { run<T>(id: number, inside: () => T): T; get(): number | undefined } }
}

function fromAsyncContext(): ParentContext | undefined {
  const { AsyncContext } = globalThis as AsyncContextGlobal
  if (typeof AsyncContext?.Variable !== 'function') return undefined
  const variable = new AsyncContext.Variable()
  return { run: (id, inside) => variable.run(id, inside), getStore: () => variable.get() }
}

let createContext: () => ParentContext | undefined = fromAsyncContext

/** Called once by the Node entry, before the first monitor is made. */
export function provideParentContext(create: () => ParentContext): void {
  createContext = create
}

/** A context for one monitor; undefined where the platform has none. */
export function createParentContext(): ParentContext | undefined {
  return createContext()
}
