// Panel: what of the session is looked at: the span of time, the selected operation, the moment under the cursor.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Rows, rowsIn } from '../session/rows-in.ts'
import type { SessionStore } from './session-store.ts'

/** A span in epoch milliseconds. */
export interface TimeRange {
  from: number
  to: number
}

/** The least span of time that charts show without a zoom: milliseconds. */
const LEAST_SPAN = 10_000

export interface ViewStore {
  /** The zoomed span; null for all of the session, following its end. */
  zoom: Signal<TimeRange | null>
  /** The span that is shown. */
  range: ReadonlySignal<TimeRange>
  /** The operations that started in it, by start. */
  rows: ReadonlySignal<Rows>
  /** The selected operation's row in the table. */
  selected: Signal<number | null>
  /** The operation under the pointer in the chart. */
  hovered: Signal<number | null>
  /** The moment under the pointer, in epoch milliseconds. */
  cursor: Signal<number | null>
  stop(): void
}

export function createViewStore({ session, version }: SessionStore): ViewStore {
  const zoom = signal<TimeRange | null>(null)
  const selected = signal<number | null>(null)
  const hovered = signal<number | null>(null)
  const cursor = signal<number | null>(null)

  const stop = effect(() => {
    // Another session: what was looked at is gone.
    session.value.createdAt
    zoom.value = null
    selected.value = null
    hovered.value = null
    cursor.value = null
  })

  const range = computed(() => {
    version.value
    const { first, latest } = session.value
    return zoom.value ?? { from: first, to: first + Math.max(LEAST_SPAN, (latest - first) * 1.01) }
  })
  const rows = computed(() => {
    version.value
    return rowsIn(session.value.operations, zoom.value)
  })

  return { zoom, range, rows, selected, hovered, cursor, stop }
}
