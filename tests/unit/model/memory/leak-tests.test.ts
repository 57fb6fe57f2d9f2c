// Test (Node): the leak tests of a session, from its settled snapshots and its operations.
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../bench/insights/generator/random.ts'
import { leakTestsOf } from '../../../../model/memory/leak-tests.ts'
import type { SessionModel } from '../../../../model/session/session-model.ts'
import { leakText } from '../../../../model/text/leak-text.ts'
import { documentOf, sessionOf, type TestRow } from '../operation-rows.ts'

const SECOND = 1_000

/** Each round takes ten seconds, and has these calls of each name; `kept` bytes stay after it. */
function testedSession(calls: Record<string, readonly number[]>, kept: readonly number[], idle = false): SessionModel {
  const rows: Omit<TestRow, 'id'>[] = []
  for (const [name, counts] of Object.entries(calls)) {
    for (const [round, count] of counts.entries()) {
      for (let i = 0; i < count; i++) {
        rows.push({ name, outcome: 'ok', start: 100 + round * 10 * SECOND + i * 10, duration: 5 })
      }
    }
  }
  const session = sessionOf(rows)
  let usedBytes = 20e6
  const read = (round: number, time: number, more: { idle?: true } = {}): void =>
    session.apply({
      type: 'settled',
      document: documentOf({ timeOrigin: 0 }),
      snapshot: { label: `round ${round}`, time, usedBytes, settled: true, round, ...more },
    })
  read(0, 50)
  for (const [i, bytes] of kept.entries()) {
    usedBytes += bytes
    read(i + 1, (i + 1) * 10 * SECOND)
  }
  for (let i = 0; idle && i <= 6; i++) read(i, (kept.length + 1 + i) * 10 * SECOND, { idle: true })
  return session
}

const always = (count: number): number[] => new Array<number>(7).fill(count)

describe('a leak test in a session', () => {
  test('names what keeps, and those together that always run together', () => {
    const calls = { load: always(20), save: always(20) }
    const [found] = leakTestsOf(testedSession(calls, [5e6, 2e6, 2.01e6, 1.99e6, 2e6, 2e6, 2e6], true))
    expect(found?.groups).toMatchObject([
      { names: ['load', 'save'], callsPerRound: 20, verdict: 'keeps', confidence: 'certain' },
    ])
    const text = leakText(found as NonNullable<typeof found>).join(' ')
    expect(text).toMatch(/load, save run together, and keep 100 kB \([\d.]+ to [\d.]+\) a call \(certain\)/)
    expect(text).toContain('A cache that is still filling looks the same (120 calls so far)')
  })

  test('blames the one of five that keeps, by how often each ran', () => {
    const random = createRandom(3)
    const counts = (): number[] => Array.from({ length: 14 }, () => random.integer(2, 20))
    const calls = { keeps: counts(), churns: counts(), caches: counts(), parses: counts(), idles: counts() }
    const grown = calls.keeps.map(count => count * 100_000 + random.between(-4_000, 4_000))
    const [found] = leakTestsOf(testedSession(calls, grown))
    expect(found?.groups.filter(({ verdict }) => verdict === 'keeps').map(({ names }) => names)).toEqual([['keeps']])
    const kept = found?.groups.find(({ names }) => names[0] === 'keeps')?.perCall?.bytes ?? 0
    expect(Math.abs(kept - 100_000)).toBeLessThan(5_000)
  })

  test('blames none of several whose numbers rise and fall together', () => {
    const load = [9, 4, 12, 7, 15, 3, 10]
    const calls = { load, save: load.map((count, i) => count * 2 + (i === 3 ? 1 : 0)) }
    const [found] = leakTestsOf(
      testedSession(
        calls,
        load.map(count => count * 100_000),
      ),
    )
    expect(found?.groups.map(({ verdict }) => verdict)).toEqual(['nothing', 'nothing'])
    expect(leakText(found as NonNullable<typeof found>).join(' ')).toContain('cannot be distinguished: save, load')
  })

  test('says nothing where nothing stays, and before there are enough rounds', () => {
    const [none] = leakTestsOf(testedSession({ load: always(10) }, [5e6, 100, -200, 300, -100, 50, 0]))
    expect(leakText(none as NonNullable<typeof none>).join(' ')).toMatch(/^Nothing that stays/)
    const [short] = leakTestsOf(testedSession({ load: always(10) }, [1e6, 1e6, 1e6]))
    expect(leakText(short as NonNullable<typeof short>)).toEqual(['2 of 6 rounds that count: nothing is said before.'])
  })

  test('is none where no test was made', () => {
    expect(leakTestsOf(sessionOf([]))).toEqual([])
  })
})
