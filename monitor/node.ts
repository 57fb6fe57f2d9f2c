// The library's entry for Node: the same, and parents known across awaits.
import { AsyncLocalStorage } from 'node:async_hooks'
import { provideParentContext } from './parent-context.ts'

provideParentContext(() => new AsyncLocalStorage<number>())

export * from './index.ts'
