// Panel (the page of the tab): the entry. It connects the parts to the browser.
import { signal } from '@preact/signals'
import { render } from 'preact'
import browser from 'webextension-polyfill'
import { createFormatters } from '../../model/text/formatters.ts'
import { openIncognitoArea } from '../../storage/incognito-area.ts'
import { openSessionLog } from '../../storage/session-log.ts'
import { createCompareStore } from '../views/compare/compare-store.ts'
import { createAllocations } from '../views/memory/allocations.ts'
import { sampleFinely } from '../views/memory/fine-sampling.ts'
import { createLeakTestStore } from '../views/memory/leak-test-store.ts'
import { connectHeap } from '../views/memory/settle.ts'
import { App } from './app.tsx'
import { connectBackground } from './connection/background.ts'
import { connectPage } from './connection/inspected-page.ts'
import { readAhead } from './connection/read-ahead.ts'
import {
  createNetworkOpener,
  createSourceOpener,
  followTheme,
  type NetworkOpener,
  type ResourceOpener,
  type ThemeSource,
} from './devtools.ts'
import { createExporter } from './export/exporter.ts'
import type { PanelParts } from './panel-context.ts'
import { createPerformanceTrack, type Profiling } from './performance-track.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { createSlowWarnings, warnExpression } from './slow-warnings.ts'
import { createAccessStore } from './stores/access-store.ts'
import { createDismissals } from './stores/dismissals.ts'
import { createFilterStore } from './stores/filter-store.ts'
import { createInsightsStore } from './stores/insights-store.ts'
import { createSessionStore } from './stores/session-store.ts'
import { createSettingsStore } from './stores/settings-store.ts'
import { openStoredSession } from './stores/stored-session.ts'
import { createTablesStore } from './stores/tables-store.ts'
import { createViewStore } from './stores/view-store.ts'

const {
  inspectedWindow,
  panels,
  performance: profiling,
} = browser.devtools as typeof browser.devtools & {
  performance?: Profiling
}
const incognito = browser.extension.inIncognitoContext === true
const { name, version } = browser.runtime.getManifest()
const { theme } = followTheme(panels as ThemeSource, document.documentElement)
const log = readAhead(openSessionLog())
const background = connectBackground(inspectedWindow.tabId, log)
const store = createSessionStore(background)
const area = incognito ? openIncognitoArea(browser.storage.local) : browser.storage.local
const settings = await createSettingsStore(area)
const view = createViewStore(store, settings)
const filter = createFilterStore(view)
const formatters = createFormatters()
const parts: PanelParts = {
  incognito,
  store,
  view,
  tables: createTablesStore(localStorage),
  filter,
  insights: createInsightsStore(store, view, filter, createDismissals(area)),
  leakTest: createLeakTestStore({ live: store.live, page: connectHeap(inspectedWindow), append: background.append }),
  allocations: createAllocations(store, view),
  compare: createCompareStore(store, view, stored => openStoredSession(log, stored)),
  settings,
  dialog: signal(null),
  formatters,
  theme,
  generator: { name, version },
  exporter: createExporter(store, { name, version }),
  page: createAccessStore({ ...connectPage(inspectedWindow.tabId), ask: background.access }),
  reloadPage: () => void inspectedWindow.reload(),
  openSource: createSourceOpener(panels as ResourceOpener),
  showInNetwork: createNetworkOpener(panels as NetworkOpener),
  profiling,
}
listenForShortcuts(parts)
createSlowWarnings({
  live: store.live,
  settings,
  formatters,
  warn: line => void inspectedWindow.eval(warnExpression(line)),
})
sampleFinely(
  () => store.live.recording.value && (parts.allocations.measuring.value || parts.dialog.value === 'leak-test'),
  background.sampleHeap,
)
if (profiling) {
  // In the relay's world: the page's own could hook the console.
  const run = (expression: string): void => void inspectedWindow.eval(expression, { useContentScriptContext: true })
  createPerformanceTrack({ live: store.live, settings, profiling, run })
}
render(<App parts={parts} />, document.body)
