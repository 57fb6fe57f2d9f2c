// Panel: the whole tab.

import { SettingsDialog } from '../toolbar/settings-dialog.tsx'
import { ShortcutsDialog } from '../toolbar/shortcuts-dialog.tsx'
import { Toolbar } from '../toolbar/toolbar.tsx'
import { Charts } from '../views/charts/charts.tsx'
import { Details } from '../views/details/details.tsx'
import { DevtoolsRequests } from '../views/operations/devtools-requests.tsx'
import { DropZone } from './import/import-files.tsx'
import { Infobars } from './infobars.tsx'
import { PanelContext, type PanelParts } from './panel-context.ts'
import { StatusBar } from './status-bar.tsx'
import { SummaryStrip } from './summary-strip.tsx'
import { Views } from './views.tsx'

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
        <DevtoolsRequests />
      </main>
      <StatusBar />
      <SettingsDialog />
      <ShortcutsDialog />
    </PanelContext.Provider>
  )
}
