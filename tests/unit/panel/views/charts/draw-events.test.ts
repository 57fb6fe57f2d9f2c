import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentNumber } from '../../../../../model/numbers.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import type { ChartColors } from '../../../../../panel/views/charts/chart-colors.ts'
import { drawSnapshots } from '../../../../../panel/views/charts/draw-events.ts'
import type { PlotArea } from '../../../../../panel/views/charts/plot-area.ts'

const AREA: PlotArea = { left: 50, top: 0, width: 1_000, height: 100, ratio: 1, from: 0, to: 1_000 }
const LETTER = 6

/** The labels that are drawn, with their left and right end, for snapshots at these pixels from the left of the plot. */
function writtenLabels(snapshots: readonly { label: string; left: number; y: number }[]) {
  const written: { text: string; from: number; to: number; y: number }[] = []
  const nothing = (): void => {}
  const context = {
    ...Object.fromEntries(
      ['save', 'restore', 'beginPath', 'moveTo', 'lineTo', 'closePath', 'fill', 'stroke', 'fillRect'].map(name => [
        name,
        nothing,
      ]),
    ),
    measureText: (text: string) => ({ width: text.length * LETTER }),
    fillText: (text: string, from: number, y: number) =>
      written.push({ text, from, to: from + text.length * LETTER, y }),
  }
  const session = new SessionModel(0)
  for (const { label, left, y } of snapshots)
    session.snapshots.push({ label, time: left, usedBytes: y, document: 0 as DocumentNumber })
  const colors = { font: '11px sans-serif' } as ChartColors
  drawSnapshots(context as unknown as CanvasRenderingContext2D, AREA, colors, session, bytes => bytes)
  return written
}

test('shortens labels that do not fit', () => {
  const labels = (...snapshots: Parameters<typeof writtenLabels>[0]) => writtenLabels(snapshots).map(({ text }) => text)
  const long = 'after the second item was added to the cart'
  expect(labels({ label: 'start', left: 500, y: 50 })).toEqual(['start'])
  expect(labels({ label: long, left: 500, y: 50 })).toEqual(['after the second item was…'])
  // Between another label and the end of the plot.
  expect(labels({ label: 'before', left: 890, y: 50 }, { label: long, left: 940, y: 50 })).toEqual([
    'before',
    'after th…',
  ])
  expect(labels({ label: 'before', left: 890, y: 50 }, { label: long, left: 940, y: 80 })[1]).toMatch(/^after the sec/)
})

test('keeps labels within the plot, and off earlier labels', () => {
  const snapshot = fc.record({
    label: fc.string({ unit: 'grapheme', maxLength: 120 }),
    left: fc.nat(1_000),
    y: fc.constantFrom(30, 50),
  })
  fc.assert(
    fc.property(fc.array(snapshot), all => {
      const written = writtenLabels(all.toSorted((a, b) => a.left - b.left))
      for (const [i, { text, from, to, y }] of written.entries()) {
        expect(text.endsWith('…') || all.some(({ label }) => label === text)).toBe(true)
        expect(from).toBeGreaterThanOrEqual(AREA.left)
        expect(to).toBeLessThanOrEqual(AREA.left + AREA.width)
        const before = written[i - 1]
        if (before?.y === y) expect(from >= before.to || to <= before.from).toBe(true)
      }
    }),
  )
})
