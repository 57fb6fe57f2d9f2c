// The library, in any JavaScript environment: which operation's code is running, also after an await, on platforms that
// know. On others a parent is known only through a handle, or until its callback has returned.
import type { Operation } from './operation.ts'

/** Node's `AsyncLocalStorage`; the same two methods over `AsyncContext.Variable` where a browser has it. */
export interface ParentContext {
  run<T>(operation: Operation, inside: () => T): T
  getStore(): Operation | undefined
}

/** https://tc39.es/proposal-async-context/ */
interface AsyncContextGlobal {
  AsyncContext?: { Variable: new () => { run: ParentContext['run']; get(): Operation | undefined } }
}

function fromAsyncContext(): ParentContext | undefined {
  const { AsyncContext } = globalThis as AsyncContextGlobal
  if (typeof AsyncContext?.Variable !== 'function') return undefined
  const variable = new AsyncContext.Variable()
  return { run: (operation, inside) => variable.run(operation, inside), getStore: () => variable.get() }
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
