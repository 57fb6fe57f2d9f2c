// Test (Node): what is said of what a call allocates.
import { expect, test } from 'vitest'
import type { GroupId } from '../../../../model/numbers.ts'
import { allocationSentence, measuringHint, measuringText } from '../../../../model/text/allocation-text.ts'
import { createFormatters } from '../../../../model/text/formatters.ts'

const formatters = createFormatters('en')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const between = (bytes: number, low: number, high: number): string =>
  plain(formatters.bytesBetween({ bytes, low, high }))

test('gives a figure in two digits, with its bounds in the same unit', () => {
  expect(between(412_345, 327_900, 496_790)).toBe('410 kB (330–500)')
  expect(between(1_234_000, 900_000, 1_560_000)).toBe('1.2 MB (0.9–1.6)')
  expect(between(23_400_000, 20_600_000, 26_200_000)).toBe('23 MB (21–26)')
  expect(between(995_000, 600_000, 1_390_000)).toBe('1,000 kB (600–1,390)')
  expect(between(999_500, 999_500, 999_500)).toBe('1.0 MB (1.0–1.0)')
})

test('says what a call allocates, and what can’t be distinguished', () => {
  const allocated = { bytes: 412_345, low: 327_900, high: 496_790 }
  expect(plain(allocationSentence(allocated, [], formatters))).toBe('Allocates about 410 kB (330–500) a call.')
  expect(plain(allocationSentence(allocated, ['POST /save', 'render'], formatters))).toBe(
    'With each call, about 410 kB (330–500) are allocated. It runs together with POST /save, render, so they can’t be distinguished.',
  )
})

test('says how far measuring is, and that nothing was found', () => {
  const grouping = { groupOf: () => 1 as GroupId, nameOf: () => '' }
  const found = (windows: number, names: number) => {
    const allocation = { bytes: 1, low: 1, high: 1, together: [] }
    const allocations = {
      grouping,
      windows,
      byGroup: new Map(Array.from({ length: names }, (_, i) => [i as GroupId, allocation])),
    }
    return [measuringText(allocations, formatters), plain(measuringHint(allocations, formatters))]
  }
  expect(found(12, 0)).toEqual(['4 of 16 s', 'Use the page. Time in which garbage was collected doesn’t count.'])
  expect(found(40, 0)).toEqual(['none found', 'No name can be said to allocate 100 kB a call or more.'])
  expect(found(41, 2)[0]).toBe('2 names')
})
