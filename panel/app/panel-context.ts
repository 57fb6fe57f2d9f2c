// Panel: what components get from the context: the stores, formatters and commands.

import type { ReadonlySignal, Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Formatters } from '../../model/text/formatters.ts'
import type { CompareStore } from '../views/compare/compare-store.ts'
import type { AllocationsStore } from '../views/memory/allocations.ts'
import type { LeakTestStore } from '../views/memory/leak-test-store.ts'
import type { SourceLocation, Theme } from './devtools.ts'
import type { Exporter } from './export/exporter.ts'
import type { Profiling } from './performance-track.ts'
import type { AccessStore } from './stores/access-store.ts'
import type { FilterStore } from './stores/filter-store.ts'
import type { InsightsStore } from './stores/insights-store.ts'
import type { SessionStore } from './stores/session-store.ts'
import type { SettingsStore } from './stores/settings-store.ts'
import type { TablesStore } from './stores/tables-store.ts'
import type { ViewStore } from './stores/view-store.ts'

export type DialogName = 'settings' | 'shortcuts' | 'leak-test'

export interface PanelParts {
  /** What is kept is gone when the last incognito window is closed. */
  incognito: boolean
  store: SessionStore
  view: ViewStore
  page: AccessStore
  tables: TablesStore
  filter: FilterStore
  insights: InsightsStore
  compare: CompareStore
  leakTest: LeakTestStore
  allocations: AllocationsStore
  settings: SettingsStore
  /** The open dialog. */
  dialog: Signal<DialogName | null>
  formatters: Formatters
  theme: ReadonlySignal<Theme>
  exporter: Exporter
  reloadPage(): void
  /** The program that files name as the one that wrote them. */
  generator: { name: string; version: string }
  /** Shows a location in the Sources panel; undefined if the browser cannot. */
  openSource: ((location: SourceLocation) => void) | undefined
  /** Shows the requests to a URL in the Network panel; undefined if the browser cannot. */
  showInNetwork: ((url: string) => void) | undefined
  /** Events of the Performance panel; undefined if the browser has none. */
  profiling: Profiling | undefined
}

export const PanelContext = createContext<PanelParts | null>(null)

export function usePanel(): PanelParts {
  const parts = useContext(PanelContext)
  if (!parts) throw new Error('Rendered outside of PanelContext')
  return parts
}
