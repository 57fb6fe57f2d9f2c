import { signal } from '@preact/signals'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import type { Row } from '../../../../model/numbers.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { createFormatters } from '../../../../model/text/formatters.ts'
import { createSlowWarnings, MAX_LINES, warnExpression } from '../../../../panel/app/slow-warnings.ts'
import type { Connection } from '../../../../panel/app/stores/open-session.ts'
import { DEFAULT_SETTINGS } from '../../../../wire/settings.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../../model/operation-rows.ts'

afterEach(() => vi.useRealTimers())

function panel(createdAt: number) {
  const session = signal(new SessionModel(createdAt))
  const grown = signal(0)
  const connection = signal<Connection>('ready')
  const settings = signal({ ...DEFAULT_SETTINGS, warnSlowInConsole: true, slowThresholdMs: 100 })
  const lines: string[] = []
  return {
    session,
    settings,
    lines,
    parts: {
      live: { session, grown, connection },
      settings: { settings },
      formatters: createFormatters('en'),
      warn: (line: string) => void lines.push(line),
    },
    add(...rows: TestRow[]) {
      const operations = [{ source: 1, columns: columnsOf(rows) }]
      session.value.apply({
        type: 'batch',
        document: documentOf(),
        batch: { operations, memory: [], snapshots: [], losses: [] },
      })
      grown.value++
    },
  }
}
const row = (id: number, duration: number, change: Partial<TestRow> = {}): TestRow => ({
  id,
  name: `operation ${id}`,
  outcome: 'ok',
  start: id,
  duration,
  ...change,
})

test('reports operations that end from now on, and none that were recorded before', () => {
  const { parts, add, lines } = panel(Date.now() - 5_000)
  add(row(1, 500), row(2, Number.NaN, { outcome: 'pending' }))
  const stop = createSlowWarnings(parts)
  add(row(3, 99), row(4, 100), row(5, Number.NaN, { outcome: 'pending' }))
  expect(lines).toEqual(['[Perf] Slow: operation 4 took 100 ms (custom, ok)'.replace('100 ms', '100\u00a0ms')])
  add(row(2, 700, { outcome: 'failed' }))
  expect(lines.at(-1)).toContain('operation 2 took 700\u00a0ms (custom, failed)')
  stop()
  add(row(6, 500))
  expect(lines).toHaveLength(2)
})

test('reports a request only once if DevTools reported its end and the page did not', () => {
  const { parts, add, lines, session } = panel(Date.now() - 5_000)
  const url = 'https://shop.example/unread'
  const http = { method: 'GET', url }
  add({ id: 1, name: 'GET /unread', kind: 'fetch', outcome: 'pending', start: 10, detail: { http } })
  session.value.apply({
    type: 'network',
    requests: [
      {
        method: 'GET',
        url,
        type: 'fetch',
        startTime: TIME_ORIGIN + 10,
        duration: 700,
        status: 200,
        phases: { wait: 600 },
      },
    ],
  })
  expect(session.value.operations.outcomeOf(0 as Row)).toBe('ok')
  createSlowWarnings(parts)
  add(row(2, 500))
  expect(lines).toHaveLength(1)
})

test('reports a newer session from its start, and nothing while it is off', () => {
  vi.useFakeTimers()
  const { parts, add, lines, session, settings } = panel(Date.now() - 5_000)
  createSlowWarnings(parts)
  session.value = new SessionModel(Date.now())
  add(row(1, 500))
  expect(lines).toHaveLength(1)
  settings.value = { ...settings.value, warnSlowInConsole: false }
  add(row(2, 500))
  vi.advanceTimersByTime(10)
  settings.value = { ...settings.value, warnSlowInConsole: true }
  expect(lines).toHaveLength(1)
  add(row(3, 500))
  expect(lines).toHaveLength(2)
})

test('limits a flood to a few lines a second, and counts the others', () => {
  vi.useFakeTimers()
  const { parts, add, lines } = panel(Date.now() + 1)
  createSlowWarnings(parts)
  add(...Array.from({ length: MAX_LINES + 990 }, (_, i) => row(i + 1, 500)))
  expect(lines).toHaveLength(MAX_LINES)
  vi.advanceTimersByTime(1_000)
  expect(lines.at(-1)).toBe('[Perf] 990 more slow operations')
  add(row(2_000, 500))
  expect(lines).toHaveLength(MAX_LINES + 2)
})

test('runs nothing in the page but the warning, whatever the name is', () => {
  const hostile = fc.constantFrom(
    '"); alert(1); ("',
    "'",
    '`\u0024{x}`',
    '\\',
    '</script>',
    '\u2028',
    '\ud800',
    '%c%o',
    '\n',
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' }))).map(parts => parts.join('')),
      line => {
        const calls: unknown[][] = []
        new Function('console', warnExpression(line))({ warn: (...args: unknown[]) => void calls.push(args) })
        expect(calls).toEqual([['%s', line]])
      },
    ),
  )
})
