// Panel: which sessions are compared, and what the comparison found.
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { compareInsights, type InsightChanges } from '../../../model/comparison/compare-insights.ts'
import { type Comparison, compareSides } from '../../../model/comparison/compare-sessions.ts'
import type { Run } from '../../../model/comparison/samples.ts'
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../../model/comparison/verdict.ts'
import { matchingRows, type RowTest } from '../../../model/filter/compile.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { ListedSession } from '../../../wire/messages.ts'
import type { OpenSession } from '../../app/stores/open-session.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { TimeRange, ViewStore } from '../../app/stores/view-store.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'

export type Side = 'before' | 'after'

/** A session on one of the sides, or a part of one. */
export interface Chosen {
  key: string
  name: string
  session: OpenSession
  /** Epoch milliseconds; null for the whole session. */
  span: TimeRange | null
}

export interface Compared {
  comparison: Comparison
  insights: InsightChanges
}

export interface CompareStore {
  before: ReadonlySignal<readonly Chosen[]>
  after: ReadonlySignal<readonly Chosen[]>
  thresholds: Signal<Thresholds>
  /** Null until both sides have a session. */
  result: ReadonlySignal<Compared | null>
  working: ReadonlySignal<boolean>
  /** Why the sides cannot be compared; null if they can. */
  problem: ReadonlySignal<string | null>
  /** The name that is selected in the table. */
  selected: Signal<string | null>
  /** Adds what is chosen to a side, or removes it. */
  toggle(side: Side, chosen: Chosen): void
  /** The same for a stored session, which is read for it. */
  toggleStored(side: Side, stored: ListedSession): void
  openFile(side: Side, file: File): void
  stop(): void
}

interface Part {
  session: SessionModel
  span: TimeRange | null
}

export function createCompareStore(
  store: SessionStore,
  view: Pick<ViewStore, 'filter' | 'span'>,
  openStored: (stored: ListedSession) => OpenSession,
): CompareStore {
  const sides = {
    before: signal<readonly Chosen[]>([]),
    after: signal<readonly Chosen[]>([{ key: store.live.key, name: store.live.name, session: store.live, span: null }]),
  }
  const thresholds = signal<Thresholds>(DEFAULT_THRESHOLDS)
  const selected = signal<string | null>(null)
  /** Why sessions that were chosen could not be read. */
  const unreadable = signal<string | null>(null)
  /** Sessions that were opened for the comparison alone. */
  const owned = new Set<OpenSession>()

  const all = computed(() => [...sides.before.value, ...sides.after.value])
  const release = (session: OpenSession): void => {
    if (!owned.has(session) || all.peek().some(each => each.session === session)) return
    owned.delete(session)
    session.stop()
  }
  const remove = (side: Side, key: string): void => {
    const removed = sides[side].peek().find(each => each.key === key)
    if (!removed) return
    sides[side].value = sides[side].peek().filter(each => each !== removed)
    release(removed.session)
  }
  const add = (side: Side, chosen: Chosen): void => {
    unreadable.value = null
    // What is compared with itself says nothing: it changes sides.
    remove(side === 'before' ? 'after' : 'before', chosen.key)
    sides[side].value = [...sides[side].peek(), chosen]
  }
  const has = (side: Side, key: string): boolean => sides[side].peek().some(each => each.key === key)

  const stopWatching = effect(() => {
    const open = new Set<OpenSession>([store.live, ...store.files.value, ...owned])
    for (const side of ['before', 'after'] as const) {
      for (const { key, session } of sides[side].value) {
        const problem = session.problem.value
        if (problem === null && (open.has(session) || session === store.shown.value)) continue
        untracked(() => {
          if (problem !== null) unreadable.value = problem
          remove(side, key)
        })
      }
    }
  })

  const overlap = computed(() => {
    const both = sides.before.value.find(a => sides.after.value.some(b => a.session === b.session && touches(a, b)))
    return both
      ? `“${both.session.name}” is on both sides at the same time. Choose parts of it that do not overlap.`
      : null
  })
  const ready = computed(() => all.value.every(({ session }) => session.connection.value !== 'loading'))

  const partsOf = (chosen: readonly Chosen[], zoom: { from: number; to: number } | null): Part[] =>
    chosen.map(({ session: { session }, span }) => ({
      session: session.value,
      span: zoom ? within(span, { from: session.value.first + zoom.from, to: session.value.first + zoom.to }) : span,
    }))
  /** Milliseconds since the start of the session that is shown: the same time of each session is compared. */
  const zoom = computed(() => {
    const span = view.span.value
    const { first } = store.session.value
    return span && { from: span.from - first, to: span.to - first }
  })
  const compared = createSlicedResult<
    { before: Part[]; after: Part[]; test: RowTest | null; thresholds: Thresholds },
    Compared | null
  >({
    inputs() {
      const usable = ready.value && overlap.value === null
      return {
        before: usable ? partsOf(sides.before.value, zoom.value) : [],
        after: usable ? partsOf(sides.after.value, zoom.value) : [],
        test: view.filter.value,
        thresholds: thresholds.value,
      }
    },
    version: computed(() => all.value.reduce((sum, { session }) => sum + session.version.value, 0)),
    *work({ before, after, test, thresholds: limits }) {
      if (before.length === 0 || after.length === 0) return null
      const left = yield* runsOf(before, test)
      const right = yield* runsOf(after, test)
      return {
        comparison: yield* compareSides(left, right, limits),
        insights: yield* compareInsights(left, right),
      }
    },
    initial: null,
  })

  const open = (session: OpenSession): OpenSession => {
    owned.add(session)
    return session
  }

  return {
    before: sides.before,
    after: sides.after,
    thresholds,
    result: compared.result,
    working: computed(() => compared.working.value || !ready.value),
    problem: computed(() => unreadable.value ?? overlap.value),
    selected,
    toggle(side, chosen) {
      if (has(side, chosen.key)) remove(side, chosen.key)
      else add(side, chosen)
    },
    toggleStored(side, stored) {
      if (has(side, stored.id)) return remove(side, stored.id)
      const session = all.peek().find(({ key }) => key === stored.id)?.session ?? open(openStored(stored))
      add(side, { key: stored.id, name: session.name, session, span: null })
    },
    openFile(side, file) {
      store.openFile(file, session => add(side, { key: session.key, name: session.name, session, span: null }))
    },
    stop() {
      stopWatching()
      compared.stop()
      for (const session of owned) session.stop()
    },
  }
}

function* runsOf(parts: readonly Part[], test: RowTest | null): Generator<void, Run[]> {
  const runs: Run[] = []
  for (const part of parts) runs.push(test ? { ...part, matches: yield* matchingRows(part.session, test) } : part)
  return runs
}

function within(a: TimeRange | null, b: TimeRange): TimeRange {
  return a ? { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) } : b
}

function touches({ span: a }: Chosen, { span: b }: Chosen): boolean {
  return !a || !b || (a.from <= b.to && b.from <= a.to)
}
