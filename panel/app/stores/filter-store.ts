// Panel: the text of the filter, and what it means.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { compileFilter } from '../../../model/filter/compile.ts'
import { formatFilter } from '../../../model/filter/format.ts'
import { type ParsedFilter, parseFilter } from '../../../model/filter/parse.ts'
import type { ViewStore } from './view-store.ts'

export interface FilterStore {
  text: Signal<string>
  /** Invalid terms are ignored; the others apply. */
  parsed: ReadonlySignal<ParsedFilter>
  stop(): void
}

/** Sets the view's filter. */
export function createFilterStore(view: Pick<ViewStore, 'filter' | 'slowThreshold'>): FilterStore {
  const text = signal('')
  const tooComplex = signal<ReadonlySet<string>>(new Set())
  const parsed = computed(() => parseFilter(text.value, tooComplex.value))
  /** Equal for texts with the same meaning, so that another space does not run the filter again. */
  const normalized = computed(() => formatFilter(parsed.value.terms))
  const stop = effect(() => {
    const { terms } = parseFilter(normalized.value)
    const slow = terms.some(term => term.type === 'word' && term.word === 'slow')
    view.filter.value = compileFilter(terms, {
      slowThreshold: slow ? view.slowThreshold.value : 0,
      // Later: another filter must not take the place of this one while it is at work.
      onTooComplex: regex =>
        queueMicrotask(() => {
          tooComplex.value = new Set([...tooComplex.peek(), regex])
        }),
    })
  })
  return { text, parsed, stop }
}
