import { afterEach, describe, expect, test, vi } from 'vitest'
import { exportSession } from '../../../monitor/export-session.ts'
import { MemoryMonitor } from '../../../monitor/memory-monitor.ts'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import type { SessionFile } from '../../../session/format.ts'
import { schemaErrors } from '../../browser/session-schema.ts'

const monitor = PerformanceMonitor.getInstance()
const quick = async (): Promise<void> => {}

function exported(): SessionFile {
  const file: SessionFile = JSON.parse(exportSession())
  expect(schemaErrors(file)).toEqual([])
  return file
}

afterEach(() => {
  vi.unstubAllGlobals()
  monitor.clearMetrics()
  monitor.maxOperations = 10_000
})

test('an empty session is valid, without NaN and without a gap', () => {
  monitor.clearMetrics()
  const { operations, gaps, metrics } = exported()
  expect([operations, gaps]).toEqual([[], []])
  expect(metrics.totalOperations).toBe(0)
})

test('names the page, without secrets', () => {
  vi.stubGlobal('location', new URL('https://bob:s3cret@page.example/a?token=s3cret&b=1#/cb?code=s3cret'))
  vi.stubGlobal('document', { title: 'The page' })
  vi.stubGlobal('navigator', { userAgent: 'Browser/1' })
  const { page, documents } = exported()
  expect(page).toEqual({
    url: 'https://REDACTED@page.example/a?token=REDACTED&b=1#/cb?code=REDACTED',
    title: 'The page',
    userAgent: 'Browser/1',
  })
  expect(documents[0]?.url).toBe(page.url)
})

test('keeps no secrets of URLs in errors', async () => {
  const fail = () => Promise.reject(new Error('GET https://host/?api_key=s3cret failed'))
  await monitor.trackOperation('load', fail).catch(() => undefined)
  const [operation] = exported().operations
  expect(operation?.error?.message).toBe('GET https://host/?api_key=REDACTED failed')
  expect(operation?.error?.stack).not.toContain('s3cret')
})

test('names the script in Node', () => {
  const { page, documents } = exported()
  expect(page.url).toBe(process.argv[1])
  expect(page.userAgent).toMatch(/Node/)
  expect(documents[0]?.url).toBe('')
})

test('works without a page and without a process', () => {
  for (const name of ['process', 'location', 'document', 'navigator']) vi.stubGlobal(name, undefined)
  const text = exportSession()
  vi.unstubAllGlobals()
  expect(schemaErrors(JSON.parse(text))).toEqual([])
  expect(JSON.parse(text).page).toEqual({ url: '', title: '', userAgent: '' })
})

test('writes well-formed text for any name, label and title', async () => {
  const texts = [`${'x'.repeat(499)}😀`, '\ud83d', `${'x'.repeat(999)}😀`, `${'x'.repeat(1_999)}😀`]
  for (const text of texts) {
    vi.stubGlobal('document', { title: text })
    await monitor.trackOperation(text, quick, { [text]: text })
    await monitor.trackOperation('error', () => Promise.reject(new Error(text))).catch(() => {})
    MemoryMonitor.getInstance().takeSnapshot(text)
    exported()
    // JSON.stringify writes half of a surrogate pair as an escape, and whole characters as they are.
    expect(exportSession()).not.toMatch(/\\ud[89a-f]/)
  }
})

test('leaves out cleared operations', async () => {
  await monitor.trackOperation('before', quick)
  monitor.clearMetrics()
  await monitor.trackOperation('after', quick)
  const { operations, gaps, metrics } = exported()
  expect(operations.map(({ operationName }) => operationName)).toEqual(['after'])
  expect(gaps).toEqual([])
  expect(metrics.totalOperations).toBe(1)
})

describe('a gap', () => {
  test('counts the operations that are no longer listed, and ends where the list begins', async () => {
    monitor.maxOperations = 3
    for (let i = 0; i < 10; i++) await monitor.trackOperation('load', quick)
    const { operations, gaps, metrics } = exported()
    expect(operations).toHaveLength(3)
    expect(metrics.totalOperations).toBe(10)
    expect(gaps).toMatchObject([{ reason: 'buffer-full', count: 7, endTime: operations[0]?.endTime }])
  })

  test('exists even when no operation is listed', async () => {
    monitor.maxOperations = 1
    let finish: () => void = () => {}
    const running = monitor.trackOperation('before', () => new Promise<void>(resolve => (finish = resolve)))
    monitor.clearMetrics()
    await monitor.trackOperation('after', quick)
    finish()
    await running
    const { operations, gaps, metrics } = exported()
    expect([operations.length, metrics.totalOperations]).toEqual([0, 1])
    expect(gaps).toMatchObject([{ count: 1 }])
  })
})
