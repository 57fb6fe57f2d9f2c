// Panel: which part of the session is shown: the filter, the range of time, the selected operation and the cursor; and
// the statistics of that part.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Analysis, analyse, EMPTY_ANALYSIS } from '../../../model/analysis/analyse.ts'
import { type Grouping, groupByName, groupByRoute } from '../../../model/analysis/grouping.ts'
import { matchingRows, type RowTest } from '../../../model/filter/compile.ts'
import type { Row } from '../../../model/numbers.ts'
import { extentOf } from '../../../model/session/extent.ts'
import { type Rows, rowsIn } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { SortedRowIndex } from '../../../model/session/sorted-row-index.ts'
import { createPacedSignal } from '../../kit/pacing.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'
import type { SessionStore } from './session-store.ts'
import type { SettingsStore } from './settings-store.ts'

/** Epoch milliseconds. */
export interface TimeRange {
  from: number
  to: number
}

/** Milliseconds between two updates of statistics and lists, so that charts have time to draw while the user zooms. */
const SPAN_INTERVAL = 100

/** The charts show at least this many milliseconds if they are not zoomed. What lasts half a second fills half of them. */
const MIN_SPAN = 1_000

export interface ViewStore {
  /** Null if all operations are shown. */
  filter: Signal<RowTest | null>
  /** Whether requests that are no operations are shown too, if they match the filter. */
  withOthers: Signal<boolean>
  /** Operations of this many milliseconds or more are slow. */
  slowThreshold: ReadonlySignal<number>
  /** The zoomed range; null to show the whole session and follow it. The charts show it in the next frame. */
  zoom: Signal<TimeRange | null>
  /** The same for statistics and lists: it changes at most ten times a second. */
  span: ReadonlySignal<TimeRange | null>
  /** The range of the whole session. */
  bounds: ReadonlySignal<TimeRange>
  /** The range that the charts show. */
  range: ReadonlySignal<TimeRange>
  /** The operations that match the filter, sorted by start. */
  matches: ReadonlySignal<SortedRowIndex>
  /** Those of them in the range of the charts, and in the range of statistics and lists. */
  charted: ReadonlySignal<Rows>
  rows: ReadonlySignal<Rows>
  grouping: ReadonlySignal<Grouping>
  /** Statistics of `rows`. While a large session grows, they are a moment old. */
  analysis: ReadonlySignal<Analysis>
  /** Whether the statistics for the current filter and range are still being computed. */
  analysing: ReadonlySignal<boolean>
  /** The row of the selected operation. */
  selected: Signal<Row | null>
  /** The row of the operation under the pointer in the chart. */
  hovered: Signal<Row | null>
  /** The horizontal position of the pointer in the charts: 0 at the left, 1 at the right. */
  pointer: Signal<number | null>
  /** The time under the pointer in epoch milliseconds. It changes when the charts move. */
  cursor: ReadonlySignal<number | null>
  stop(): void
}

interface Matching {
  /** The session that the rows belong to. */
  of: SessionModel | null
  list: SortedRowIndex
}

export function createViewStore(
  { session, version }: Pick<SessionStore, 'session' | 'version'>,
  { settings }: Pick<SettingsStore, 'settings'>,
): ViewStore {
  const filter = signal<RowTest | null>(null)
  const withOthers = signal(false)
  const slowThreshold = computed(() => settings.value.slowThresholdMs)
  const zoom = signal<TimeRange | null>(null)
  const { paced: span, stop: stopPacing } = createPacedSignal(zoom, SPAN_INTERVAL)
  const selected = signal<Row | null>(null)
  const hovered = signal<Row | null>(null)
  const pointer = signal<number | null>(null)

  const stopResetting = effect(() => {
    // Another session is shown: nothing in it is selected.
    session.value.createdAt
    zoom.value = null
    selected.value = null
    hovered.value = null
  })

  const bounds = computed(() => {
    version.value
    const { from, to } = extentOf(session.value)
    return { from, to: from + Math.max(MIN_SPAN, (to - from) * 1.01) }
  })
  const range = computed(() => zoom.value ?? bounds.value)
  const cursor = computed(() => {
    const { from, to } = range.value
    return pointer.value === null ? null : from + pointer.value * (to - from)
  })

  const filtered = createSlicedResult<{ of: SessionModel; test: RowTest | null; others: boolean }, Matching>({
    inputs: () => ({ of: session.value, test: filter.value, others: withOthers.value }),
    version,
    *work({ of, test, others }) {
      if (!test) return { of, list: of.operations.order }
      return {
        of,
        list: yield* matchingRows(of, test, others ? of.others.listed(of.documents.top?.url ?? '') : undefined),
      }
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
    withOthers,
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
      stopResetting()
      stopPacing()
      filtered.stop()
      analysed.stop()
    },
  }
}
