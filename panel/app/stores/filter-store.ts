// Panel: the filter that is typed, and what comes of it.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { compileFilter } from '../../../model/filter/compile.ts'
import { formatFilter } from '../../../model/filter/format.ts'
import { type ParsedFilter, parseFilter } from '../../../model/filter/parse.ts'
import type { ViewStore } from './view-store.ts'

export interface FilterStore {
  text: Signal<string>
  /** Terms that are not understood are left out; the others filter. */
  parsed: ReadonlySignal<ParsedFilter>
  stop(): void
}

/** Sets the view's filter. */
export function createFilterStore(view: Pick<ViewStore, 'filter' | 'slowThreshold'>): FilterStore {
  const text = signal('')
  const parsed = computed(() => parseFilter(text.value))
  /** The same for texts that mean the same: a blank more starts nothing anew. */
  const meaning = computed(() => formatFilter(parsed.value.terms))
  const stop = effect(() => {
    const { terms } = parseFilter(meaning.value)
    const slow = terms.some(term => term.type === 'word' && term.word === 'slow')
    view.filter.value = compileFilter(terms, slow ? view.slowThreshold.value : 0)
  })
  return { text, parsed, stop }
}
