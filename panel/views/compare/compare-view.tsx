// Panel: the Compare tab: what became slower or faster between two sides of one or more sessions.
import { effect } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { ComparedName } from '../../../model/comparison/compare-sessions.ts'
import { comparisonJson } from '../../../model/comparison/comparison-json.ts'
import { comparisonMarkdown } from '../../../model/comparison/comparison-text.ts'
import { download } from '../../app/export/download.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { CopyButton } from '../../kit/copy-button.tsx'
import { ComparedDetails, InsightDetails } from './compare-details.tsx'
import { createCompareGrid } from './compare-grid.ts'
import type { Compared } from './compare-store.ts'
import { SidePicker } from './side-picker.tsx'

export function CompareView() {
  const parts = usePanel()
  const { compare } = parts
  const found = compare.result.value
  const problem = compare.problem.value
  return (
    <div class="compare" aria-busy={compare.working.value}>
      <div class="compare-bar">
        <SidePicker side="before" />
        <SidePicker side="after" />
        <Thresholds />
        {found && <Copies found={found} />}
      </div>
      {problem && (
        <p class="infobar" role="alert">
          {problem}
        </p>
      )}
      {found ? <Result parts={parts} found={found} /> : !problem && <Start />}
    </div>
  )
}

function Start() {
  const { compare } = usePanel()
  const missing = compare.before.value.length === 0 ? 'a baseline' : 'the new side'
  if (compare.working.value && compare.before.value.length > 0 && compare.after.value.length > 0) {
    return <p class="compare-start">Loading sessions…</p>
  }
  return (
    <p class="compare-start">
      Choose {missing} above: stored sessions, files, or what came before a navigation. Several sessions on a side are
      runs; five runs a side tell a change from noise.
    </p>
  )
}

function Result({ parts, found }: { parts: PanelParts; found: Compared }) {
  const { compare } = parts
  const { names, limits } = found.comparison
  const selected = names.find(({ name }) => name === compare.selected.value)
  return (
    <>
      <p class="compare-counts" role="status">
        {countsText(names)}
      </p>
      {limits.length > 0 && (
        <ul class="compare-limits" aria-label="Limits of this comparison">
          {limits.map(limit => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      )}
      <div class="compare-split">
        <Grid />
        {selected ? <ComparedDetails compared={selected} /> : <InsightDetails {...found.insights} />}
      </div>
    </>
  )
}

function Grid() {
  const { compare, formatters } = usePanel()
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!host.current) return undefined
    const grid = createCompareGrid(host.current, {
      formatters,
      names: () => compare.result.peek()?.comparison.names ?? [],
      selected: () => compare.selected.peek(),
      select(name) {
        compare.selected.value = name
      },
    })
    const stop = effect(() => {
      compare.result.value
      compare.selected.value
      grid.update()
    })
    return () => {
      stop()
      grid.stop()
    }
  }, [compare, formatters])
  return <div class="compare-grid" ref={host} />
}

function Thresholds() {
  const { compare } = usePanel()
  const { ratio, shiftMs } = compare.thresholds.value
  return (
    <>
      <NumberField
        label="Slower ≥"
        unit="%"
        title="The whole confidence interval has to lie above it"
        value={Number((ratio * 100).toPrecision(6))}
        onChange={percent => {
          compare.thresholds.value = { ratio: percent / 100, shiftMs }
        }}
      />
      <NumberField
        label="and ≥"
        unit="ms"
        title="A smaller change is noticed by nobody"
        value={shiftMs}
        onChange={ms => {
          compare.thresholds.value = { ratio, shiftMs: ms }
        }}
      />
    </>
  )
}

interface NumberFieldProps {
  label: string
  unit: string
  title: string
  value: number
  onChange(value: number): void
}

function NumberField({ label, unit, title, value, onChange }: NumberFieldProps) {
  const id = useId()
  return (
    <label class="tool-check" htmlFor={id} title={title}>
      <span>{label}</span>
      <input
        id={id}
        type="number"
        class="number"
        min={0}
        max={10_000}
        step="any"
        required
        value={value}
        onChange={event => {
          const field = event.currentTarget
          // If it is invalid, the browser explains why, and nothing changes.
          if (field.reportValidity()) onChange(field.valueAsNumber)
        }}
      />
      <span>{unit}</span>
    </label>
  )
}

function Copies({ found: { comparison, insights } }: { found: Compared }) {
  return (
    <>
      <CopyButton text={() => comparisonMarkdown(comparison, insights)} title="Copy the comparison as Markdown" />
      <button
        type="button"
        class="tool labelled"
        title="Export the comparison as JSON"
        onClick={() => {
          const text = JSON.stringify(comparisonJson(comparison, insights), null, 2)
          download(new Blob([text], { type: 'application/json' }), 'perf-comparison.json')
        }}
      >
        Export comparison
      </button>
    </>
  )
}

const VERDICTS = ['slower', 'faster', 'same', 'inconclusive', 'new', 'gone'] as const

function countsText(names: readonly ComparedName[]): string {
  const counts = VERDICTS.map(verdict => [verdict, names.filter(each => each.verdict === verdict).length] as const)
  const failing = names.filter(({ failsMore }) => failsMore).length
  const parts = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`)
  if (failing > 0) parts.push(`${failing} fail more`)
  return parts.join(' · ') || 'No operations to compare'
}
