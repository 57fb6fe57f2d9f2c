// Panel: the charts of durations and of memory. Preact renders their frames, and uPlot draws them.
import { computed, effect, untracked, useSignal, useSignalEffect } from '@preact/signals'
import type { TargetedMouseEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type uPlot from 'uplot'
import type { Row } from '../../../model/numbers.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { menuPlaceOf } from '../../kit/context-menu.ts'
import { Edge } from '../../kit/edge.tsx'
import { useMediaQuery } from '../../kit/media-query.ts'
import { createFrameBatch } from '../../kit/pacing.ts'
import { openOperationMenu } from '../operations/operation-menu.ts'
import { readChartColors } from './chart-colors.ts'
import { EventTooltip, OperationTooltip, type PointedChart, pointedChart } from './chart-tooltips.tsx'
import { createDurationChart, markOpening } from './duration-chart.ts'
import { DurationLegend, MemoryLegend } from './legends.tsx'
import { createMemoryChart } from './memory-chart.ts'
import { rangeAfterKey } from './time-navigation.ts'

export function Charts() {
  const parts = usePanel()
  const durations = useRef<HTMLDivElement>(null)
  const memory = useRef<HTMLDivElement>(null)
  const pointed = useSignal<PointedChart | null>(null)

  useLayoutEffect(() => {
    if (durations.current && memory.current) return showCharts(durations.current, memory.current, parts)
  }, [parts])

  const { durations: durationsFold, memory: memoryFold } = parts.tables
  const durationsClass = durationsFold.value.value === 'folded' ? 'chart durations folded' : 'chart durations'
  const memoryClass = memoryFold.value.value === 'folded' ? 'chart memory folded' : 'chart memory'
  const onKeyDown = (event: KeyboardEvent): void => {
    // Ignore keys for the controls in the headings.
    if (event.target !== event.currentTarget) return
    const { view } = parts
    const zoom = rangeAfterKey(view.range.peek(), view.bounds.peek(), event)
    if (zoom === undefined) return
    event.preventDefault()
    view.zoom.value = zoom
    view.hovered.value = null
  }

  return (
    <section
      class="charts"
      aria-label="Charts"
      aria-busy={parts.view.analysing.value}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys pan and zoom the charts
      tabIndex={0}
      onKeyDown={onKeyDown}
      onContextMenu={event => openPointMenu(event, parts)}
      onPointerMove={event => (pointed.value = pointedChart(event))}
      onPointerLeave={() => (pointed.value = null)}
    >
      <DurationLegend />
      <div class={durationsClass} ref={durations} role="img" aria-label="Durations over time">
        <OperationTooltip />
      </div>
      <MemoryLegend />
      <div class={memoryClass} ref={memory} role="img" aria-label="Memory over time">
        {memoryNotice(parts)}
      </div>
      <EventTooltip at={pointed} />
      <ChartsEdge />
    </section>
  )
}

/** Where DevTools is low, the charts are to the left of the list instead of above it. */
const LOW = '(max-height: 480px) and (min-width: 601px)'

function ChartsEdge() {
  const { tables } = usePanel()
  const { chartsHeight, chartsWidth } = tables
  const low = useMediaQuery(LOW)
  useSignalEffect(() => {
    const { style } = document.documentElement
    const set = (name: string, value: string): void =>
      value === '' ? void style.removeProperty(name) : style.setProperty(name, value)
    set('--charts-height', chartsHeight.value === null ? '' : `${chartsHeight.value * 100}vh`)
    set('--charts-width', chartsWidth.value === null ? '' : `${chartsWidth.value * 100}%`)
  })
  return (
    <Edge
      class="charts-edge"
      label="Resize charts"
      share={low.value ? chartsWidth : chartsHeight}
      isBefore
      shareAt={(edge, x, y) => {
        const { left, top } = edge.parentElement?.getBoundingClientRect() ?? { left: 0, top: 0 }
        return low.value ? (x - left) / innerWidth : (y - top) / innerHeight
      }}
    />
  )
}

/** Opens the context menu of the operation under the pointer, or of the selected one if a key asked for it. */
function openPointMenu(event: TargetedMouseEvent<HTMLElement>, parts: PanelParts): void {
  const { view } = parts
  const byKey = event.target === event.currentTarget
  const row = byKey ? view.selected.peek() : view.hovered.peek()
  if (row === null) return
  event.preventDefault()
  view.selected.value = row
  const { list, from, to } = view.rows.peek()
  const shown = (): Row[] => Array.from({ length: to - from }, (_, position) => list.row(from + position))
  openOperationMenu(parts, row, { shown, place: menuPlaceOf(event, event.currentTarget) })
}

function memoryNotice({ store }: PanelParts) {
  store.version.value
  const { documents, memory } = store.session.value
  if (documents.memoryAvailable !== false || memory.length > 0) return null
  return <p class="chart-notice">Memory is not available: this browser doesn’t report the heap size to pages.</p>
}

/** Draws both charts whenever something that they show changes. They are created again for another theme or scale. */
function showCharts(durations: HTMLElement, memory: HTMLElement, parts: PanelParts) {
  const { store, view, formatters, theme, settings } = parts
  const scale = computed(() => settings.settings.value.durationScale)
  return effect(() => {
    theme.value
    const type = scale.value
    const colors = readChartColors(document.body)
    const chartParts = { view, formatters, colors, origin: () => store.session.peek().first }
    const charts = untracked(() => [
      createDurationChart(durations, store, chartParts, type),
      createMemoryChart(memory, store, chartParts),
    ])
    const stopFitting = charts.map(({ plot }, i) => fitToHost(plot, i === 0 ? durations : memory))
    const frames = createFrameBatch(() => {
      for (const chart of charts) chart.update()
    })
    const stopDrawing = effect(() => {
      if (store.connection.value === 'ready') markOpening('perf:read')
      store.version.value
      store.session.value
      view.range.value
      view.charted.value
      view.slowThreshold.value
      frames.request()
    })
    return () => {
      stopDrawing()
      frames.stop()
      for (const stop of stopFitting) stop()
      for (const { plot } of charts) plot.destroy()
    }
  })
}

/** Keeps a chart as large as its element. Returns a function that stops it. */
function fitToHost(plot: uPlot, host: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = host
    if (width > 0 && height > 0 && (width !== plot.width || height !== plot.height)) plot.setSize({ width, height })
  })
  observer.observe(host)
  return () => observer.disconnect()
}
