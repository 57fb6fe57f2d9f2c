// Panel: what components are given: the stores and the formats, by context instead of by import.

import type { ReadonlySignal, Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Formatters } from '../../model/text/formatters.ts'
import type { SourcePlace, Theme } from './devtools.ts'
import type { Exporter } from './export/exporter.ts'
import type { AccessStore } from './stores/access-store.ts'
import type { FilterStore } from './stores/filter-store.ts'
import type { SessionStore } from './stores/session-store.ts'
import type { SettingsStore } from './stores/settings-store.ts'
import type { TablesStore } from './stores/tables-store.ts'
import type { ViewStore } from './stores/view-store.ts'

export type DialogName = 'settings' | 'shortcuts'

export interface PanelParts {
  /** What is kept is gone when the last incognito window is closed. */
  incognito: boolean
  store: SessionStore
  view: ViewStore
  page: AccessStore
  tables: TablesStore
  filter: FilterStore
  settings: SettingsStore
  /** The dialog that is open. */
  dialog: Signal<DialogName | null>
  formatters: Formatters
  theme: ReadonlySignal<Theme>
  exporter: Exporter
  reloadPage(): void
  /** Shows a place in Sources; undefined where the browser can't. */
  openSource: ((place: SourcePlace) => void) | undefined
}

export const PanelContext = createContext<PanelParts | null>(null)

export function usePanel(): PanelParts {
  const parts = useContext(PanelContext)
  if (!parts) throw new Error('Rendered outside of PanelContext')
  return parts
}
