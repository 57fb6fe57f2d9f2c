// Model: how much a call allocates, in words. It is a figure, and no finding: what is allocated need not stay.
import { type AllocatedBytes, MIN_ALLOCATED_BYTES, MIN_WINDOWS } from '../memory/allocation-estimate.ts'
import type { Allocations } from '../memory/allocations.ts'
import { WINDOW_MS } from '../memory/heap-windows.ts'
import type { Formatters } from './formatters.ts'

/** @param together the names of the groups that run together with it */
export function allocationSentence(
  allocated: AllocatedBytes,
  together: readonly string[],
  formatters: Formatters,
): string {
  const amount = formatters.bytesBetween(allocated)
  if (together.length === 0) return `Allocates about ${amount} a call.`
  return `With each call, about ${amount} are allocated. It runs together with ${together.join(', ')}, so they can’t be distinguished.`
}

/** How far measuring is, in a few words. */
export function measuringText({ windows, byGroup }: Allocations, formatters: Formatters): string {
  if (windows < MIN_WINDOWS) return `${seconds(windows)} of ${seconds(MIN_WINDOWS)} s`
  return byGroup.size === 0 ? 'none found' : formatters.count(byGroup.size, 'name')
}

/** The same as an explanation. */
export function measuringHint({ windows, byGroup }: Allocations, formatters: Formatters): string {
  if (windows < MIN_WINDOWS) return 'Use the page. Time in which garbage was collected doesn’t count.'
  const least = formatters.bytes(MIN_ALLOCATED_BYTES)
  return byGroup.size === 0
    ? `No name can be said to allocate ${least} a call or more.`
    : `The Allocates column of Operations has the names that allocate ${least} a call or more.`
}

function seconds(windows: number): number {
  return Math.floor((windows * WINDOW_MS) / 1_000)
}
