// The library's entry for Node: the same, and parents known across awaits.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Operation } from './operation.ts'
import { provideParentContext } from './parent-context.ts'

provideParentContext(() => new AsyncLocalStorage<Operation>())

export * from './index.ts'
