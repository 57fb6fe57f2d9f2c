// Test (Node): what a call is said to allocate, on invented pages whose operations allocate known amounts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupByName } from '../../../../model/analysis/grouping.ts'
import { MIN_WINDOWS } from '../../../../model/memory/allocation-estimate.ts'
import { allocationsOf } from '../../../../model/memory/allocations.ts'
import { heapWindows } from '../../../../model/memory/heap-windows.ts'
import { finish } from '../operation-rows.ts'
import { type InventedPage, inventPage, sampleOf, sessionOfPage } from './invented-heap.ts'

/** What is said of a page, by name. */
function saidOf(page: InventedPage, zoom: { from: number; to: number } | null = null) {
  const session = sessionOfPage(page)
  const grouping = groupByName(session.operations)
  const { byGroup, windows } = finish(allocationsOf(session, zoom, grouping))
  const said = Object.fromEntries(
    [...byGroup].map(([group, { together, ...bytes }]) => [
      grouping.nameOf(group),
      { ...bytes, together: together.map(other => grouping.nameOf(other)) },
    ]),
  )
  return { said, windows }
}

const seeds = Array.from({ length: 10 }, (_, i) => i + 1)
const load = { name: 'load', bytes: 500_000, perSecond: 4 }
const idle = { name: 'idle', bytes: 0, perSecond: 5 }
const page = inventPage(1, 90, [load, idle])

describe('of invented pages', () => {
  test('finds what allocates 0.5 MB a call, and claims nothing of what does not', () => {
    for (const seed of seeds) {
      const { said } = saidOf(
        inventPage(seed, 90, [
          load,
          idle,
          { name: 'small', bytes: 5_000, perSecond: 8 },
          { ...idle, name: 'rare', perSecond: 1 },
        ]),
      )
      expect(Object.keys(said)).toEqual(['load'])
      expect(said.load?.bytes).toBeGreaterThan(450_000)
      expect(said.load?.bytes).toBeLessThan(550_000)
      expect(said.load?.together).toEqual([])
    }
  })

  test('tells several apart that run at paces of their own, with bounds that contain the truth', () => {
    let [within, all] = [0, 0]
    const operations = [
      load,
      { name: 'list', bytes: 2_000_000, perSecond: 1 },
      { name: 'slow', bytes: 250_000, perSecond: 3, duration: 200 },
      idle,
    ]
    for (const seed of seeds) {
      const { said } = saidOf(inventPage(seed, 120, operations))
      expect(said.idle).toBeUndefined()
      for (const { name, bytes } of operations) {
        const found = said[name]
        if (!found) continue
        all++
        if (found.low <= bytes && bytes <= found.high) within++
        expect(Math.abs(found.bytes - bytes)).toBeLessThan(bytes / 2)
      }
    }
    expect(all).toBeGreaterThan(2.5 * seeds.length)
    expect(within / all).toBeGreaterThan(0.85)
  })

  test('claims nothing of a page that allocates nothing but in the background', () => {
    for (const seed of seeds) {
      const page = inventPage(seed, 90, [idle, { ...idle, name: 'other', perSecond: 2 }])
      // A timer, which runs whether or not an operation does.
      for (const [i, sample] of page.samples.entries()) sample.usedJSHeapSize += i * 10_000
      expect(saidOf(page).said).toEqual({})
    }
  })

  test.each(['after the last reading', 'while the heap is not read'])('finds it beside calls that all end %s', when => {
    const { said: alone } = saidOf(page)
    const { rows } = inventPage(2, 80, [{ ...idle, name: 'stream', perSecond: 12 }])
    const end = when === 'after the last reading' ? 100_000 : 85_500
    const samples = page.samples.filter(({ time }) => end > 90_000 || time < 85_000 || time > 86_000)
    const streams = rows.map(row => ({ ...row, duration: end - row.start }))
    const { said } = saidOf({ rows: [...page.rows, ...streams], samples })
    expect(Object.keys(said)).toEqual(['load'])
    expect(Math.abs((said.load?.bytes ?? 0) - (alone.load?.bytes ?? 0))).toBeLessThan(20_000)
  })

  test('names together what always runs together, with what they allocate with each call', () => {
    for (const seed of seeds) {
      const { said } = saidOf(inventPage(seed, 90, [{ ...load, followedBy: { name: 'save', bytes: 100_000 } }, idle]))
      expect(Object.keys(said).sort()).toEqual(['load', 'save'])
      expect([said.load?.together, said.save?.together]).toEqual([['save'], ['load']])
      for (const { bytes = 0 } of Object.values(said)) expect(Math.abs(bytes - 600_000)).toBeLessThan(60_000)
    }
  })
})

describe('of too little', () => {
  test('says nothing of heaps that were read once a second', () => {
    const samples = page.samples.filter((_, i) => i % 20 === 0)
    expect(saidOf({ ...page, samples })).toEqual({ said: {}, windows: 0 })
  })

  test('says nothing of one window, nor of one fewer than are needed', () => {
    expect(saidOf(page, { from: 0, to: 600 })).toEqual({ said: {}, windows: 1 })
    const session = sessionOfPage(page)
    let to = 90_000
    while (finish(heapWindows(session, { from: 0, to })).length >= MIN_WINDOWS) to -= 100
    expect(saidOf(page, { from: 0, to })).toEqual({ said: {}, windows: MIN_WINDOWS - 1 })
    expect(saidOf(page).said).toHaveProperty('load')
  })

  test('says nothing of a heap that does not change, nor of one that only falls', () => {
    for (const step of [0, -1]) {
      const samples = page.samples.map(({ time }, i) => sampleOf(time, 20e6 + i * step))
      expect(saidOf({ ...page, samples }).said).toEqual({})
    }
  })

  test('says nothing of what runs equally often all the time: it can’t be distinguished from the page itself', () => {
    const rows = Array.from({ length: 900 }, (_, i) => ({
      name: 'poll',
      outcome: 'ok' as const,
      start: i * 100,
      duration: 1,
    }))
    const samples = page.samples.map(({ time }) => sampleOf(time, 20e6 + Math.floor(time / 100) * 200_000))
    expect(saidOf({ rows, samples })).toEqual({ said: {}, windows: expect.any(Number) })
  })
})

describe('of any page', () => {
  const pages = fc
    .record({ seed: fc.nat(1_000), bytes: fc.integer({ min: 150_000, max: 2_000_000 }) })
    .map(({ seed, bytes }) => inventPage(seed, 60, [{ ...load, bytes }, idle]))

  test('a shift of the whole session in time changes nothing', () => {
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 1e9 }), (page, shift) => {
        const round = (time: number): number => Math.round(time)
        const shifted = (by: number): InventedPage => ({
          rows: page.rows.map(row => ({ ...row, start: round(row.start) + by, duration: round(row.duration ?? 0) })),
          samples: page.samples.map(sample => ({ ...sample, time: round(sample.time) + by })),
        })
        expect(saidOf(shifted(shift))).toEqual(saidOf(shifted(0)))
      }),
      { numRuns: 10 },
    )
  })

  test('an operation that ran while the heap was not read changes nothing', () => {
    fc.assert(
      fc.property(pages, fc.array(fc.nat(20_000), { maxLength: 200 }), (page, times) => {
        const rows = times.map(time => ({
          name: 'unrelated',
          outcome: 'ok' as const,
          start: 70_000 + time,
          duration: 9,
        }))
        expect(saidOf({ ...page, rows: [...page.rows, ...rows] })).toEqual(saidOf(page))
      }),
      { numRuns: 10 },
    )
  })

  test('a collection costs the window that it falls into, and never turns a figure negative', () => {
    fc.assert(
      fc.property(pages, fc.integer({ min: 5, max: 55 }), (page, second) => {
        const before = saidOf(page)
        const samples = page.samples.map(sample =>
          sample.time < second * 1_000 ? sample : { ...sample, usedJSHeapSize: sample.usedJSHeapSize - 10e6 },
        )
        const after = saidOf({ ...page, samples })
        expect(before.windows - after.windows).toBeLessThanOrEqual(1)
        for (const { bytes, low, high } of Object.values(after.said)) {
          expect(low).toBeGreaterThan(0)
          expect(bytes).toBeGreaterThan(low)
          expect(high).toBeGreaterThan(bytes)
        }
      }),
      { numRuns: 10 },
    )
  })
})
