// Panel: the whole tab: the toolbar, the charts, and below them the views as tabs.
import type { JSX, TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useMediaQuery } from '../kit/media-query.ts'
import { DropZone } from '../toolbar/session-files.tsx'
import { SettingsDialog } from '../toolbar/settings-dialog.tsx'
import { ShortcutsDialog } from '../toolbar/shortcuts-dialog.tsx'
import { Toolbar } from '../toolbar/toolbar.tsx'
import { Charts } from '../views/charts/charts.tsx'
import { CompareView } from '../views/compare/compare-view.tsx'
import { Connections } from '../views/connections/connections.tsx'
import { Details } from '../views/details/details.tsx'
import { InsightsView } from '../views/insights/insights-view.tsx'
import { LeakTestDialog } from '../views/memory/leak-test-dialog.tsx'
import { Operations } from '../views/operations/operations.tsx'
import { SummaryView } from '../views/summary/summary-view.tsx'
import { Timeline } from '../views/timeline/timeline.tsx'
import { Infobars } from './infobars.tsx'
import { Notice } from './notice.tsx'
import { PanelContext, type PanelParts, usePanel } from './panel-context.ts'
import { StatusBar } from './status-bar.tsx'
import type { Tab } from './stores/tables-store.ts'
import { SummaryStrip } from './summary-strip.tsx'

const TABS: readonly [tab: Tab, title: string][] = [
  ['insights', 'Insights'],
  ['summary', 'Summary'],
  ['operations', 'Operations'],
  ['timeline', 'Timeline'],
  ['connections', 'Connections'],
  ['compare', 'Compare'],
]
const TITLES: ReadonlyMap<Tab, string> = new Map(TABS)
const VIEWS: Record<Tab, () => JSX.Element | null> = {
  insights: InsightsView,
  summary: SummaryView,
  operations: Operations,
  timeline: Timeline,
  connections: Connections,
  compare: CompareView,
}

export function App({ parts }: { parts: PanelParts }) {
  return (
    <PanelContext.Provider value={parts}>
      <header class="landmark">
        <h1 class="visually-hidden">Perf</h1>
        <Toolbar />
        <DropZone />
        <Infobars />
      </header>
      <main class="landmark">
        <Charts />
        <SummaryStrip />
        <div class="split">
          <Views />
          <Details />
        </div>
      </main>
      <StatusBar />
      <SettingsDialog />
      <ShortcutsDialog />
      <LeakTestDialog />
    </PanelContext.Provider>
  )
}

function Views() {
  const { tables } = usePanel()
  const tab = tables.tab.value.value
  const View = VIEWS[tab]
  return (
    <div class="views">
      <div class="tab-bar">
        <Tabs open={tab} choose={tables.tab.choose} />
        {tab === 'operations' && <GroupCheck />}
        <ChartsButton />
      </div>
      <div class="view" role="tabpanel" id="view" aria-labelledby={`tab-${tab}`}>
        {/* The view's own headings need one above them, also while the charts and their headings are hidden. */}
        <h2 class="visually-hidden">{TITLES.get(tab)}</h2>
        <View />
        {tab !== 'compare' && <Notice ofFilter={tab !== 'insights'} />}
      </div>
    </div>
  )
}

function Tabs({ open, choose }: { open: Tab; choose(tab: Tab): void }) {
  const list = useRef<HTMLDivElement>(null)
  // A narrow panel has no room for all of them.
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const current = TABS.findIndex(([tab]) => tab === open)
    const last = TABS.length - 1
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const wrapped = (next + TABS.length) % TABS.length
    choose((TABS[wrapped] as (typeof TABS)[number])[0])
    ;(event.currentTarget.children[wrapped] as HTMLElement).focus()
  }
  return (
    <div ref={list} class="tabs" role="tablist" aria-label="Views" onKeyDown={onKeyDown}>
      {TABS.map(([tab, title]) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          aria-selected={tab === open}
          aria-controls="view"
          tabIndex={tab === open ? 0 : -1}
          onClick={() => choose(tab)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}

/** A panel without room for both the charts and the list: the charts are hidden until the user asks for them. */
const TIGHT = '(max-height: 480px) and (max-width: 600px)'

function ChartsButton() {
  const { charts } = usePanel().tables
  const tight = useMediaQuery(TIGHT)
  const shown = charts.value.value === 'shown' || (charts.value.value === 'auto' && !tight.value)
  useLayoutEffect(() => {
    document.documentElement.dataset.charts = shown ? 'shown' : 'hidden'
  }, [shown])
  return (
    <button
      type="button"
      class="tool labelled charts-button"
      aria-pressed={shown}
      title={shown ? 'Hide the charts' : 'Show the charts'}
      onClick={() => charts.choose(shown ? 'hidden' : 'shown')}
    >
      {shown ? '▾' : '▸'}
      <span class="spare"> Charts</span>
    </button>
  )
}

function GroupCheck() {
  const { grouped } = usePanel().tables
  return (
    <label class="tool-check" title="One row for each name, or for each route of requests">
      <input
        type="checkbox"
        checked={grouped.value.value === 'groups'}
        onChange={event => grouped.choose(event.currentTarget.checked ? 'groups' : 'single')}
      />
      <span>
        Group<span class="spare"> by name</span>
      </span>
    </label>
  )
}
