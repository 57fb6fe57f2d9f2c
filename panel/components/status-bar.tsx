// Panel: the line at the bottom: the session in figures. A polite live region, so it changes at most twice a second.
import { computed, effect, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { summaryText } from '../format/summary-text.ts'
import { type PanelParts, usePanel } from './panel-context.ts'

/** Milliseconds between changes. */
const INTERVAL = 500

export function StatusBar() {
  const parts = usePanel()
  const { text, stop } = useMemo(() => createStatusText(parts), [parts])
  useEffect(() => stop, [stop])
  return (
    <div class="status-bar" role="status">
      {text.value}
    </div>
  )
}

function createStatusText({ store, view, figures }: PanelParts) {
  const latest = computed(() => {
    store.version.value
    return summaryText(store.session.value, view.rows.value, figures)
  })
  const text = signal(latest.peek())
  let changed = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (): void => {
    timer = undefined
    changed = performance.now()
    text.value = latest.peek()
  }
  const stopWatching = effect(() => {
    latest.value
    timer ??= setTimeout(show, Math.max(0, changed + INTERVAL - performance.now()))
  })
  const stop = (): void => {
    clearTimeout(timer)
    stopWatching()
  }
  return { text, stop }
}
