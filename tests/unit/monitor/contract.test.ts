import { describe, expect, test } from 'vitest'
import { exportSession } from '../../../monitor/export-session.ts'
import { MemoryMonitor } from '../../../monitor/memory-monitor.ts'
import { monitored } from '../../../monitor/monitored.ts'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import { CHECKS, type Systems } from './contract.ts'
import { NaiveMemoryMonitor, NaiveMonitor, naiveExport, naiveMonitored } from './naive-monitor.ts'

const OURS: Systems = {
  createMonitor: () => new PerformanceMonitor(),
  sharedMonitor: () => PerformanceMonitor.getInstance(),
  monitored,
  createMemoryMonitor: () => new MemoryMonitor(),
  exportSession,
}

const NAIVE: Systems = {
  createMonitor: () => new NaiveMonitor(),
  sharedMonitor: () => NaiveMonitor.getInstance(),
  monitored: naiveMonitored,
  createMemoryMonitor: () => new NaiveMemoryMonitor(),
  exportSession: naiveExport,
}

describe.each(CHECKS)('$line: $name', ({ naive, run }) => {
  test('ours does', async () => {
    await run(OURS)
  })

  test(`a naive monitor ${naive === 'passes' ? 'does, too' : 'does not'}`, async () => {
    if (naive === 'passes') await run(NAIVE)
    else await expect(run(NAIVE)).rejects.toThrow()
  })
})
