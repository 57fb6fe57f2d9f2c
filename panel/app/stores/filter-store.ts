// Panel: the text of the filter and what it means, and the evidence that the views are limited to.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { compileFilter, type RowTest } from '../../../model/filter/compile.ts'
import { formatFilter } from '../../../model/filter/format.ts'
import { type ParsedFilter, parseFilter } from '../../../model/filter/parse.ts'
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { TimeRange, ViewStore } from './view-store.ts'

/** Some operations of a session, and how things looked before only they were shown. */
export interface Evidence {
  session: SessionModel
  rows: ReadonlySet<Row>
  /** What they are evidence for. */
  title: string
  before: { zoom: TimeRange | null; text: string }
}

export interface FilterStore {
  text: Signal<string>
  /** If set, only these operations are shown, of those that match the text. */
  evidence: Signal<Evidence | null>
  /** Shows all operations. */
  clear(): void
  /** Invalid terms are ignored; the others apply. */
  parsed: ReadonlySignal<ParsedFilter>
  stop(): void
}

/** Sets the view's filter. */
export function createFilterStore(view: Pick<ViewStore, 'filter' | 'slowThreshold'>): FilterStore {
  const text = signal('')
  const evidence = signal<Evidence | null>(null)
  const tooComplex = signal<ReadonlySet<string>>(new Set())
  const parsed = computed(() => parseFilter(text.value, tooComplex.value))
  /** Equal for texts with the same meaning, so that another space does not run the filter again. */
  const normalized = computed(() => formatFilter(parsed.value.terms))
  const stop = effect(() => {
    const { terms } = parseFilter(normalized.value)
    const slow = terms.some(term => term.type === 'word' && term.word === 'slow')
    const matchesText = compileFilter(terms, {
      slowThreshold: slow ? view.slowThreshold.value : 0,
      // Later: another filter must not take the place of this one while it is at work.
      onTooComplex: regex =>
        queueMicrotask(() => {
          tooComplex.value = new Set([...tooComplex.peek(), regex])
        }),
    })
    view.filter.value = evidence.value ? within(evidence.value, matchesText) : matchesText
  })
  const clear = (): void =>
    batch(() => {
      text.value = ''
      evidence.value = null
    })
  return { text, evidence, clear, parsed, stop }
}

function within({ session: own, rows }: Evidence, test: RowTest | null): RowTest {
  const both: RowTest = (session, row) => session === own && rows.has(row) && (test?.(session, row) ?? true)
  if (test?.effort) both.effort = test.effort
  return both
}
