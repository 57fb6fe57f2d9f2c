// Panel: the line at the bottom: the session in figures; and the same as a live region, which speaks rarely.
import { computed, effect, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { type SummaryPart, summaryParts } from '../../model/text/summary-text.ts'
import { type PanelParts, usePanel } from './panel-context.ts'

/** Milliseconds between changes of the live region: a screen reader reads the whole line at each. */
const INTERVAL = 2_000
const SEPARATOR = ' · '

export function StatusBar() {
  const parts = usePanel()
  const { latest, spoken, stop } = useMemo(() => createStatusText(parts), [parts])
  useEffect(() => stop, [stop])
  return (
    <div class="status-bar">
      <span aria-hidden="true">{latest.value.map(shownPart)}</span>
      <span class="visually-hidden" role="status">
        {spoken.value}
      </span>
    </div>
  )
}

function shownPart({ text, more }: SummaryPart, position: number) {
  return (
    <span key={position} title={more}>
      {position > 0 && SEPARATOR}
      {text}
    </span>
  )
}

function spokenText(parts: readonly SummaryPart[]): string {
  return parts.map(({ text, more }) => (more ? `${text} (${more})` : text)).join(SEPARATOR)
}

function createStatusText({ store, view, formatters }: PanelParts) {
  const latest = computed(() => {
    store.version.value
    if (!store.known.value) return [{ text: 'No session' }]
    const session = store.session.value
    const parts = summaryParts(session, view.rows.value, view.analysis.value.all, formatters)
    const reading = store.connection.value === 'loading' && session.operations.length > 0
    return reading ? [{ text: 'Reading the session…' }, ...parts] : parts
  })
  const spoken = signal(spokenText(latest.peek()))
  let changed = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  const speak = (): void => {
    timer = undefined
    changed = performance.now()
    spoken.value = spokenText(latest.peek())
  }
  const stopWatching = effect(() => {
    latest.value
    timer ??= setTimeout(speak, Math.max(0, changed + INTERVAL - performance.now()))
  })
  const stop = (): void => {
    clearTimeout(timer)
    stopWatching()
  }
  return { latest, spoken, stop }
}
