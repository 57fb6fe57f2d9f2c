// Panel: what of the session is looked at: the filter, the span of time, the selected operation, the moment under the
// cursor; and the figures of what is shown.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Analysis, analyse, EMPTY_ANALYSIS } from '../../../model/analysis/analyse.ts'
import { type Grouping, groupByName, groupByRoute } from '../../../model/analysis/grouping.ts'
import { matchingRows, type RowTest } from '../../../model/filter/compile.ts'
import { type Rows, rowsIn } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { SortedRowIndex } from '../../../model/session/sorted-row-index.ts'
import { createPacedSignal } from '../../kit/pacing.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'
import type { SessionStore } from './session-store.ts'
import type { SettingsStore } from './settings-store.ts'

/** A span in epoch milliseconds. */
export interface TimeRange {
  from: number
  to: number
}

/** Milliseconds between two spans that figures and lists are of: while the charts are dragged, the frames are theirs. */
const SPAN_INTERVAL = 100

/** The least span of time that charts show without a zoom: milliseconds. */
const MIN_SPAN = 10_000

export interface ViewStore {
  /** Null where all operations are shown. */
  filter: Signal<RowTest | null>
  /** Milliseconds from which on an operation counts as slow. */
  slowThreshold: ReadonlySignal<number>
  /** The zoomed span; null for all of the session, following its end. The charts show it in the next frame. */
  zoom: Signal<TimeRange | null>
  /** The same, ten times a second at most: of this span are figures and lists. */
  span: ReadonlySignal<TimeRange | null>
  /** The span of all of the session. */
  bounds: ReadonlySignal<TimeRange>
  /** The span that the charts show. */
  range: ReadonlySignal<TimeRange>
  /** The operations that match the filter, by start. */
  matches: ReadonlySignal<SortedRowIndex>
  /** Those of them that the charts show, and those that figures and lists are of. */
  charted: ReadonlySignal<Rows>
  rows: ReadonlySignal<Rows>
  grouping: ReadonlySignal<Grouping>
  /** The figures of the rows: as they were a moment ago, while a large session grows. */
  analysis: ReadonlySignal<Analysis>
  /** Whether the figures for another filter or span are still being computed. */
  analysing: ReadonlySignal<boolean>
  /** The selected operation's row in the table. */
  selected: Signal<number | null>
  /** The operation under the pointer in the chart. */
  hovered: Signal<number | null>
  /** Where the pointer is over the charts: 0 at their left end, 1 at their right. */
  pointer: Signal<number | null>
  /** The moment under it, in epoch milliseconds: another one as soon as the charts move. */
  cursor: ReadonlySignal<number | null>
  stop(): void
}

interface Matching {
  of: SessionModel | null
  list: SortedRowIndex
}

export function createViewStore(
  { session, version }: Pick<SessionStore, 'session' | 'version'>,
  { settings }: Pick<SettingsStore, 'settings'>,
): ViewStore {
  const filter = signal<RowTest | null>(null)
  const slowThreshold = computed(() => settings.value.slowThresholdMs)
  const zoom = signal<TimeRange | null>(null)
  const { paced: span, stop: stopPacing } = createPacedSignal(zoom, SPAN_INTERVAL)
  const selected = signal<number | null>(null)
  const hovered = signal<number | null>(null)
  const pointer = signal<number | null>(null)

  const stopForgetting = effect(() => {
    // Another session: what was looked at is gone.
    session.value.createdAt
    zoom.value = null
    selected.value = null
    hovered.value = null
  })

  const bounds = computed(() => {
    version.value
    const { first, latest } = session.value
    return { from: first, to: first + Math.max(MIN_SPAN, (latest - first) * 1.01) }
  })
  const range = computed(() => zoom.value ?? bounds.value)
  const cursor = computed(() => {
    const { from, to } = range.value
    return pointer.value === null ? null : from + pointer.value * (to - from)
  })

  const filtered = createSlicedResult<{ of: SessionModel; test: RowTest | null }, Matching>({
    inputs: () => ({ of: session.value, test: filter.value }),
    version,
    *work({ of, test }) {
      return { of, list: test ? yield* matchingRows(of, test) : of.operations.order }
    },
    initial: { of: null, list: new SortedRowIndex() },
  })
  const matches = computed(() => {
    if (!filter.value) return session.value.operations.order
    const { of, list } = filtered.result.value
    // Rows of another session mean nothing in this one.
    return of === session.value ? list : new SortedRowIndex()
  })
  const rowsOf = (shown: ReadonlySignal<TimeRange | null>): ReadonlySignal<Rows> =>
    computed(() => {
      version.value
      return rowsIn(matches.value, session.value.operations.start, shown.value)
    })

  const byRoute = computed(() => settings.value.groupRoutes)
  const grouping = computed(() => (byRoute.value ? groupByRoute : groupByName)(session.value.operations))
  const analysed = createSlicedResult({
    inputs: () => ({
      session: session.value,
      matches: matches.value,
      zoom: span.value,
      grouping: grouping.value,
      slowThreshold: slowThreshold.value,
    }),
    version,
    work: analyse,
    initial: EMPTY_ANALYSIS,
  })

  return {
    filter,
    slowThreshold,
    zoom,
    span,
    bounds,
    range,
    matches,
    charted: rowsOf(zoom),
    rows: rowsOf(span),
    grouping,
    analysis: analysed.result,
    analysing: computed(() => span.value !== zoom.value || filtered.working.value || analysed.working.value),
    selected,
    hovered,
    pointer,
    cursor,
    stop() {
      stopForgetting()
      stopPacing()
      filtered.stop()
      analysed.stop()
    },
  }
}
