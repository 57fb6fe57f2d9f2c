// Panel: the whole tab.
import { Charts } from './charts.tsx'
import { Details } from './details.tsx'
import { DevtoolsRequests } from './devtools-requests.tsx'
import { Infobars } from './infobars.tsx'
import { Operations } from './operations.tsx'
import { PanelContext, type PanelParts } from './panel-context.ts'
import { StatusBar } from './status-bar.tsx'
import { SummaryStrip } from './summary-strip.tsx'
import { Toolbar } from './toolbar.tsx'

export function App({ parts }: { parts: PanelParts }) {
  return (
    <PanelContext.Provider value={parts}>
      <Toolbar />
      <Infobars />
      <Charts />
      <SummaryStrip />
      <div class="split">
        <Operations />
        <Details />
      </div>
      <DevtoolsRequests />
      <StatusBar />
    </PanelContext.Provider>
  )
}
