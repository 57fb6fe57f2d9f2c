// The library's entry for Node: the same, and parents known across awaits.
import { AsyncLocalStorage } from 'node:async_hooks'
import { leakTest } from './leak-test.ts'
import { provideLeakTest } from './memory-monitor.ts'
import type { Operation } from './operation.ts'
import { provideParentContext } from './parent-context.ts'

provideParentContext(() => new AsyncLocalStorage<Operation>())
provideLeakTest(leakTest)

export * from './index.ts'
