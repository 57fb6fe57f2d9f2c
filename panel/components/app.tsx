// Panel: the whole tab.
import { Charts } from './charts.tsx'
import { Details } from './details.tsx'
import { DevtoolsRequests } from './devtools-requests.tsx'
import { DropZone } from './import-files.tsx'
import { Infobars } from './infobars.tsx'
import { PanelContext, type PanelParts } from './panel-context.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { StatusBar } from './status-bar.tsx'
import { SummaryStrip } from './summary-strip.tsx'
import { Toolbar } from './toolbar.tsx'
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
