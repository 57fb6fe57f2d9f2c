// Panel: the Insights tab: what to fix first, a line each, up to how much it would save, and how sure that is.
import { useSignal } from '@preact/signals'
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { dismissalsOf } from '../../../model/insights/dismissals.ts'
import type { Insights } from '../../../model/insights/find-insights.ts'
import type { Insight } from '../../../model/insights/insight.ts'
import { insightsMarkdown } from '../../../model/insights/insights-markdown.ts'
import { APART_HEADING, checksText, lookedAt } from '../../../model/insights/insights-text.ts'
import { selectInsights } from '../../../model/insights/select-insights.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import { usePanel } from '../../app/panel-context.ts'
import type { Found, InsightsStore } from '../../app/stores/insights-store.ts'
import { CopyButton } from '../../kit/copy-button.tsx'
import { DismissedInsights } from './dismissed-insights.tsx'
import { InsightItem } from './insight-item.tsx'

/** Nobody fixes more at a time. */
const MAX_LINES = 5

export function InsightsView() {
  const { insights, store } = usePanel()
  // Before the first frame: what takes no time is shown at once.
  useLayoutEffect(() => insights.follow(), [insights])
  const found = insights.shown.value
  const isEmpty = store.session.value.operations.order.length === 0
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="insights" tabIndex={0} aria-label="Insights" aria-busy={insights.working.value}>
      {found ? <FoundInsights found={found} /> : !isEmpty && <p class="insights-state">Looking for insights…</p>}
    </section>
  )
}

function FoundInsights({ found }: { found: Found }) {
  const parts = usePanel()
  const { insights, store, view } = parts
  const showAll = useSignal(false)
  const dismissed = insights.dismissals.all.value
  const { ranked, operations } = found.insights
  // A message says why there is nothing to look at. What only a development server does is something.
  if (operations === 0 && view.rows.value.to <= view.rows.value.from) return null
  const active = ranked.filter(insight => dismissalsOf(insight, dismissed).length === 0)
  const hidden = ranked.filter(insight => !active.includes(insight))
  const lines = showAll.value ? active : active.slice(0, MAX_LINES)
  const copied = (): string => {
    const title = store.readOnly.peek() ? store.shown.peek().name : redactUrl(topUrl(found))
    return insightsMarkdown(
      selectInsights(found.insights, insight => active.includes(insight)),
      { title: `Insights: ${title}`, session: found.session },
    )
  }
  return (
    <>
      <header class="insights-bar">
        <p role="status">
          {active.length === 0 ? nothingFound(found.insights, hidden.length) : summary(active, found)}
        </p>
        <Offer insights={insights} />
        {active.length > 0 && <CopyButton text={copied} title="Copy all insights as Markdown" />}
      </header>
      <Lines insights={insights}>
        <Items label="What to fix first" insights={lines.filter(({ apart }) => !apart)} found={found} />
        {lines.some(({ apart }) => apart) && (
          <>
            <h3 class="insights-apart">{APART_HEADING}</h3>
            <Items label={APART_HEADING} insights={lines.filter(({ apart }) => apart)} found={found} />
          </>
        )}
      </Lines>
      {active.length > MAX_LINES && (
        <button type="button" class="link insights-more" onClick={() => (showAll.value = !showAll.value)}>
          {showAll.value ? 'Show fewer' : `Show ${active.length - MAX_LINES} more`}
        </button>
      )}
      <DismissedInsights hidden={hidden} />
      {active.length > 0 && <Checks insights={found.insights} />}
    </>
  )
}

interface ItemsProps {
  label: string
  insights: readonly Insight[]
  found: Found
}

function Items({ label, insights, found }: ItemsProps) {
  if (insights.length === 0) return null
  return (
    <ol class="insight-lines" aria-label={label}>
      {insights.map(insight => (
        <InsightItem key={insight.key} insight={insight} found={found} />
      ))}
    </ol>
  )
}

function topUrl({ session }: Found): string {
  return session.documents.all.find(({ frameId }) => frameId === 0)?.url ?? ''
}

function summary(active: readonly Insight[], { insights, zoom }: Found): string {
  const count = `${active.length} insight${active.length === 1 ? '' : 's'}`
  return `${count} in ${lookedAt(insights)}${zoom ? ' of the zoomed time' : ''}`
}

/** Silence is a result: it says how much was looked at, and what could not be. */
function nothingFound(insights: Insights, dismissed: number): string {
  const nothing = dismissed > 0 ? `Nothing but ${dismissed} dismissed` : 'Nothing found'
  return `${nothing} in ${lookedAt(insights)}. ${checksText(insights)}.`
}

function Checks({ insights }: { insights: Insights }) {
  return <p class="insights-checks">{checksText(insights)}.</p>
}

/** What was found while the user was reading. */
function Offer({ insights }: { insights: InsightsStore }) {
  const newer = insights.offered.value
  if (!newer) return null
  const known = new Set(insights.shown.value?.insights.ranked.map(({ key }) => key))
  const added = newer.insights.ranked.filter(({ key }) => !known.has(key)).length
  return (
    <button type="button" class="action offer" onClick={insights.update}>
      {added > 0 ? `Show ${added} new` : 'Update'}
    </button>
  )
}

interface LinesProps {
  insights: InsightsStore
  children: ComponentChildren
}

/** The lines: they hold still while the pointer or the focus is among them. */
function Lines({ insights, children }: LinesProps) {
  const focused = useSignal(false)
  const pointed = useSignal(false)
  const note = (): void => {
    insights.reading.value = focused.peek() || pointed.peek()
  }
  return (
    <section
      aria-label="What was found"
      onPointerEnter={() => {
        pointed.value = true
        note()
      }}
      onPointerLeave={() => {
        pointed.value = false
        note()
      }}
      onFocusCapture={() => {
        focused.value = true
        note()
      }}
      onBlurCapture={event => {
        focused.value = event.currentTarget.contains(event.relatedTarget as Node | null)
        note()
      }}
      onKeyDown={moveBetweenLines}
    >
      {children}
    </section>
  )
}

function moveBetweenLines(event: TargetedKeyboardEvent<HTMLElement>): void {
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.insight-line')]
  const current = lines.indexOf(event.target as HTMLElement)
  if (current < 0) return
  const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: lines.length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  lines[Math.min(Math.max(next, 0), lines.length - 1)]?.focus()
}
