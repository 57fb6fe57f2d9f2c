// Panel: the text of the filter and what it means, the kinds that are shown, and the evidence that the views are limited to.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { compileFilter, type RowTest } from '../../../model/filter/compile.ts'
import { formatFilter } from '../../../model/filter/format.ts'
import { type ParsedFilter, parseFilter } from '../../../model/filter/parse.ts'
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { isConnection, KINDS } from '../../../wire/operations.ts'
import type { TimeRange, ViewStore } from './view-store.ts'

/** Some operations of a session, and how things looked before only they were shown. */
export interface Evidence {
  session: SessionModel
  rows: ReadonlySet<Row>
  /** What they are evidence for. */
  title: string
  before: { zoom: TimeRange | null; text: string; inverted: boolean; kinds: ReadonlySet<KindGroup> }
}

/** Kinds that are shown or hidden together. */
export type KindGroup = 'requests' | 'connections' | 'custom' | 'other'

/** By index into KINDS. */
const GROUP_OF_KIND: readonly KindGroup[] = KINDS.map((kind, index) => {
  if (kind === 'custom') return kind
  if (isConnection(index)) return 'connections'
  return kind === 'fetch' || kind === 'xhr' ? 'requests' : 'other'
})

export interface FilterStore {
  text: Signal<string>
  /** Whether the text says what is hidden, instead of what is shown. */
  inverted: Signal<boolean>
  /** The kinds that are shown; empty for all of them. */
  kinds: Signal<ReadonlySet<KindGroup>>
  /** If set, only these operations are shown, of those that match the text. */
  evidence: Signal<Evidence | null>
  /** Shows only what a term matches, of what is shown already. */
  addTerm(term: string): void
  /** Shows all operations. */
  clear(): void
  /** Invalid terms are ignored; the others apply. */
  parsed: ReadonlySignal<ParsedFilter>
  stop(): void
}

/** Sets the view's filter. */
export function createFilterStore(view: Pick<ViewStore, 'filter' | 'withOthers' | 'slowThreshold'>): FilterStore {
  const text = signal('')
  const inverted = signal(false)
  const kinds = signal<ReadonlySet<KindGroup>>(new Set())
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
    const ofText = matchesText && inverted.value ? inverse(matchesText) : matchesText
    const asked = terms.some(term => term.type === 'word' && term.word === 'other' && !term.negated)
    view.withOthers.value = kinds.value.has('other') || (asked && !inverted.value)
    const own = evidence.value && within(evidence.value)
    view.filter.value = both(own, both(kinds.value.size > 0 ? ofKinds(kinds.value) : null, ofText))
  })
  const addTerm = (term: string): void =>
    batch(() => {
      // What an inverted text hides cannot be said together with another term, so the term replaces it.
      const others = inverted.peek() ? '' : text.peek()
      inverted.value = false
      if (!` ${others} `.includes(` ${term} `)) text.value = `${others} ${term}`.trim()
    })
  const clear = (): void =>
    batch(() => {
      text.value = ''
      inverted.value = false
      kinds.value = new Set()
      evidence.value = null
    })
  return { text, inverted, kinds, evidence, addTerm, clear, parsed, stop }
}

function within({ session: own, rows }: Evidence): RowTest {
  return (session, row) => session === own && rows.has(row)
}

function ofKinds(kinds: ReadonlySet<KindGroup>): RowTest {
  const shown = GROUP_OF_KIND.map(group => kinds.has(group))
  // Requests that are no operations have a kind beyond these.
  return ({ operations }, row) => shown[operations.kind.get(row)] ?? kinds.has('other')
}

function inverse(test: RowTest): RowTest {
  return withEffortOf(test, (session, row) => !test(session, row))
}

/** @param first the cheaper one */
function both(first: RowTest | null, second: RowTest | null): RowTest | null {
  if (!first || !second) return first ?? second
  return withEffortOf(second, (session, row) => first(session, row) && second(session, row))
}

function withEffortOf({ effort }: RowTest, test: RowTest): RowTest {
  return effort ? Object.assign(test, { effort }) : test
}
