// Panel: the insights that are shown, and newer ones that wait. While the user reads, lines neither move nor change: what
// was found since is offered.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { findInsights, type Insights } from '../../../model/insights/find-insights.ts'
import type { Insight } from '../../../model/insights/insight.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { createPacedSignal } from '../../kit/pacing.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'
import type { Dismissals } from './dismissals.ts'
import type { FilterStore } from './filter-store.ts'
import type { SessionStore } from './session-store.ts'
import type { TimeRange, ViewStore } from './view-store.ts'

/** Milliseconds between two spans that are looked at while the user zooms. */
const SPAN_INTERVAL = 100

/** Insights, and what they were found in. */
export interface Found {
  session: SessionModel
  zoom: TimeRange | null
  insights: Insights
}

export interface InsightsStore {
  /** Null until the first are found. */
  shown: ReadonlySignal<Found | null>
  /** Newer ones, if they differ; null otherwise. */
  offered: ReadonlySignal<Found | null>
  /** Shows the newer ones. */
  update(): void
  /** Whether the pointer or the focus is among the lines. */
  reading: Signal<boolean>
  /** The key of the insight that is open. */
  open: Signal<string | null>
  /** Whether insights for the current session and span are still being looked for. */
  working: ReadonlySignal<boolean>
  dismissals: Dismissals
  /** Shows only the operations of an insight. `stopEvidence` restores what was shown before. */
  showEvidence(found: Found, insight: Insight, title: string): void
  stopEvidence(): void
  /** Looks for insights until the returned function is called. */
  follow(): () => void
  stop(): void
}

export function createInsightsStore(
  { session, version, connection }: Pick<SessionStore, 'session' | 'version' | 'connection'>,
  view: Pick<ViewStore, 'zoom'>,
  filter: Pick<FilterStore, 'evidence' | 'text' | 'inverted' | 'kinds'>,
  dismissals: Dismissals,
): InsightsStore {
  const shown = signal<Found | null>(null)
  const latest = signal<Found | null>(null)
  const reading = signal(false)
  const open = signal<string | null>(null)
  const working = signal(false)
  const { evidence, text, inverted, kinds } = filter

  const update = (): void =>
    batch(() => {
      shown.value = latest.peek()
      const stays = shown.value?.insights.ranked.some(({ key }) => key === open.peek())
      if (!stays) open.value = null
    })

  const follow = (): (() => void) => {
    // Evidence may be looked at closely: the insights are still those of the span that it was found in.
    const wanted = computed(() => (evidence.value ? evidence.value.before.zoom : view.zoom.value))
    const { paced, stop: stopPacing } = createPacedSignal(wanted, SPAN_INTERVAL)
    const sliced = createSlicedResult<{ of: SessionModel; zoom: TimeRange | null; ready: boolean }, Found | null>({
      // A part of a session that is being read says nothing of the whole.
      inputs: () => ({ of: session.value, zoom: paced.value, ready: connection.value !== 'loading' }),
      version,
      *work({ of, zoom, ready }) {
        return ready ? { session: of, zoom, insights: yield* findInsights(of, zoom) } : null
      },
      initial: null,
    })
    const stopTaking = effect(() => {
      const found = sliced.result.value
      if (!found) return
      untracked(() => {
        latest.value = found
        const before = shown.peek()
        const isOther = before?.session !== found.session || before.zoom !== found.zoom
        if (isOther || !(reading.peek() || open.peek() !== null) || isSame(before, found)) update()
      })
    })
    const stopWorking = effect(() => {
      working.value = sliced.working.value
    })
    return () => {
      stopWorking()
      stopTaking()
      sliced.stop()
      stopPacing()
      reading.value = false
    }
  }

  const stop = effect(() => {
    // Rows of another session mean nothing in this one.
    if (evidence.value && evidence.value.session !== session.value) evidence.value = null
  })

  return {
    shown: computed(() => (shown.value?.session === session.value ? shown.value : null)),
    offered: computed(() => {
      const [newer, before] = [latest.value, shown.value]
      return newer && before && newer.session === session.value && !isSame(newer, before) ? newer : null
    }),
    update,
    reading,
    open,
    working,
    dismissals,
    showEvidence({ session: own }, { rows }, title) {
      const before = evidence.peek()?.before ?? {
        zoom: view.zoom.peek(),
        text: text.peek(),
        inverted: inverted.peek(),
        kinds: kinds.peek(),
      }
      batch(() => {
        evidence.value = { session: own, rows: new Set(rows), title, before }
        text.value = ''
        inverted.value = false
        kinds.value = new Set()
      })
    },
    stopEvidence() {
      const before = evidence.peek()?.before
      if (!before) return
      batch(() => {
        view.zoom.value = before.zoom
        text.value = before.text
        inverted.value = before.inverted
        kinds.value = before.kinds
        evidence.value = null
      })
    },
    follow,
    stop,
  }
}

/** Whether nobody could see a difference. */
function isSame(a: Found, b: Found): boolean {
  const [left, right] = [a.insights.ranked, b.insights.ranked]
  return (
    left.length === right.length &&
    left.every(({ key, sentence, savedMs, confidence }, i) => {
      const other = right[i] as Insight
      return (
        key === other.key && sentence === other.sentence && savedMs === other.savedMs && confidence === other.confidence
      )
    })
  )
}
