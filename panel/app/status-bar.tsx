// Panel: the line at the bottom, which summarizes the session. A live region announces the same, but less often.
import { computed, effect, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { type SummaryPart, summaryParts } from '../../model/text/summary-text.ts'
import { type PanelParts, usePanel } from './panel-context.ts'

/** Milliseconds between two changes of the live region: screen readers read the whole line each time. */
const ANNOUNCE_INTERVAL = 2_000
const SEPARATOR = ' · '

export function StatusBar() {
  const parts = usePanel()
  const { latest, announced, stop } = useMemo(() => createStatusText(parts), [parts])
  useEffect(() => stop, [stop])
  return (
    <div class="status-bar">
      <span aria-hidden="true">{latest.value.map(renderPart)}</span>
      <span class="visually-hidden" role="status">
        {announced.value}
      </span>
    </div>
  )
}

function renderPart({ text, more }: SummaryPart, position: number) {
  return (
    <span key={position} title={more}>
      {position > 0 && SEPARATOR}
      {text}
    </span>
  )
}

function plainText(parts: readonly SummaryPart[]): string {
  return parts.map(({ text, more }) => (more ? `${text} (${more})` : text)).join(SEPARATOR)
}

function createStatusText({ store, view, formatters }: PanelParts) {
  const latest = computed(() => {
    store.version.value
    if (!store.known.value) return [{ text: 'No session' }]
    const session = store.session.value
    const parts = summaryParts(session, view.rows.value, view.analysis.value.all, formatters)
    const reading = store.connection.value === 'loading' && session.operations.length > 0
    return reading ? [{ text: 'Loading session…' }, ...parts] : parts
  })
  const announced = signal(plainText(latest.peek()))
  let changed = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  const announce = (): void => {
    timer = undefined
    changed = performance.now()
    announced.value = plainText(latest.peek())
  }
  const stopWatching = effect(() => {
    latest.value
    timer ??= setTimeout(announce, Math.max(0, changed + ANNOUNCE_INTERVAL - performance.now()))
  })
  const stop = (): void => {
    clearTimeout(timer)
    stopWatching()
  }
  return { latest, announced, stop }
}
