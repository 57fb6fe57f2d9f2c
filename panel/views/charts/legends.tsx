// Panel: the headings of the charts: their legend, and the values at the cursor.
import type { ComponentChildren } from 'preact'
import { UNKNOWN } from '../../../model/text/formatters.ts'
import { usePanel } from '../../app/panel-context.ts'
import type { TablesStore } from '../../app/stores/tables-store.ts'
import { MemoryTools } from '../memory/memory-tools.tsx'

export function DurationLegend() {
  const { store, view, formatters, tables } = usePanel()
  const cursor = view.cursor.value
  return (
    <Heading
      title="Durations"
      fold={tables.durations}
      control={<DurationScale />}
      readout={cursor === null ? '' : formatters.moment(cursor - store.session.value.first)}
    >
      <Key sign="dot ok">ok</Key>
      <Key sign="dot failed">failed</Key>
      <Key sign="dot cancelled hollow">cancelled</Key>
      <Key sign="dot pending hollow">running</Key>
      <Key sign="shape circle">fetch</Key>
      <Key sign="shape square">xhr</Key>
      <Key sign="shape diamond">custom</Key>
      <Key sign="shape triangle">other</Key>
      <Key sign="line p50">p50</Key>
      <Key sign="line p95">p95</Key>
      <Key sign="line slow">slow</Key>
    </Heading>
  )
}

function DurationScale() {
  const { settings } = usePanel()
  return (
    <select
      class="heading-select"
      aria-label="Duration scale"
      value={settings.settings.value.durationScale}
      onChange={event => {
        const durationScale = event.currentTarget.value === 'linear' ? 'linear' : 'log'
        void settings.change({ durationScale })
      }}
    >
      <option value="log">log</option>
      <option value="linear">linear</option>
    </select>
  )
}

export function MemoryLegend() {
  return (
    <Heading title="Memory" fold={usePanel().tables.memory} control={<MemoryTools />} readout={useHeapAtCursor()}>
      <Key sign="line used">heap used</Key>
      <Key sign="line total">heap total</Key>
      <Key sign="shape long-task">long task</Key>
      <Key sign="shape diamond snapshot">snapshot</Key>
      <Key sign="mark">navigation</Key>
      <Key sign="gap">paused or lost</Key>
    </Heading>
  )
}

function useHeapAtCursor(): string {
  const { store, view, formatters } = usePanel()
  const cursor = view.cursor.value
  const { memory } = store.session.value
  if (cursor === null || memory.length === 0) return ''
  const index = memory.indexAt(cursor)
  return index < 0
    ? UNKNOWN
    : `${formatters.bytes(memory.used.get(index))} of ${formatters.bytes(memory.total.get(index))}`
}

interface HeadingProps {
  title: string
  fold: TablesStore['memory']
  control?: ComponentChildren
  readout: string
  children: ComponentChildren
}

function Heading({ title, fold, control, readout, children }: HeadingProps) {
  const open = fold.value.value === 'open'
  return (
    <div class="chart-heading">
      <h2>
        <button
          type="button"
          class="fold"
          aria-expanded={open}
          title={open ? 'Hide this chart' : 'Show this chart'}
          onClick={() => fold.choose(open ? 'folded' : 'open')}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {title}
        </button>
      </h2>
      {control}
      <span class="keys">{children}</span>
      <output class="readout" aria-hidden="true">
        {readout}
      </output>
    </div>
  )
}

function Key({ sign, children }: { sign: string; children: ComponentChildren }) {
  return (
    <span class="key">
      <i class={`sign ${sign}`} />
      {children}
    </span>
  )
}
