// Panel (the tab's own page): the entry. It wires the parts to the browser.
import { render } from 'preact'
import browser from 'webextension-polyfill'
import { openSessionLog } from '../storage/session-log.ts'
import { App } from './components/app.tsx'
import { connectBackground } from './connection/background.ts'
import { createExporter } from './export/exporter.ts'
import { createFigures } from './format/figures.ts'
import { createSessionStore } from './state/session-store.ts'
import { createSettingsStore } from './state/settings-store.ts'
import { createTablesStore } from './state/tables-store.ts'
import { createViewStore } from './state/view-store.ts'
import { followTheme, type ThemeSource } from './theme/devtools-theme.ts'

const { inspectedWindow, panels } = browser.devtools
const { name, version } = browser.runtime.getManifest()
const { theme } = followTheme(panels as ThemeSource, document.documentElement)
const store = createSessionStore(connectBackground(inspectedWindow.tabId, await openSessionLog()))
const settings = await createSettingsStore(browser.storage.local)
const parts = {
  store,
  view: createViewStore(store, settings),
  tables: createTablesStore(localStorage),
  settings,
  figures: createFigures(),
  theme,
  exporter: createExporter(store, { name, version }),
  reloadPage: () => void inspectedWindow.reload(),
}
render(<App parts={parts} />, document.body)
