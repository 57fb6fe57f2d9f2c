// World: the demo page. Grows, frees and compares memory.

import { type Action, describe, failed, monitorAbsent, ok, type Result } from './action.ts'
import { freeAll, grow, heldMegabytes } from './heap-load.ts'
import { perfWindow } from './perf-window.ts'

const GROWTH_MB = 8
const signed = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 1 })

async function compareAroundGrowth(): Promise<Result> {
  const monitor = perfWindow.MemoryMonitor?.getInstance()
  if (!monitor) return monitorAbsent
  try {
    monitor.takeSnapshot('before')
    grow(GROWTH_MB)
    monitor.takeSnapshot('after')
    const grownMegabytes = monitor.compareSnapshots('before', 'after') / 2 ** 20
    return ok(`heap from snapshot “before” to “after”: ${signed.format(grownMegabytes)} MB`)
  } catch (error) {
    return failed(`snapshots → ${describe(error)}`)
  }
}

async function growMemory(): Promise<Result> {
  grow(GROWTH_MB)
  return ok(`grew by ${GROWTH_MB} MB, the page now holds ${heldMegabytes()} MB`)
}

async function freeMemory(): Promise<Result> {
  const freed = freeAll()
  return ok(`let go of ${freed} MB; the heap shrinks when the browser next collects`)
}

export const memoryActions = {
  'compare-snapshots': compareAroundGrowth,
  'grow-memory': growMemory,
  'free-memory': freeMemory,
} satisfies Record<string, Action>
