// World: the demo page, entry. Wires the buttons; sees whatever the extension put on `window`.

import { actions } from './page/actions.ts'
import { createAutoMode } from './page/auto-mode.ts'
import { wireButtons } from './page/buttons.ts'
import { createLog } from './page/log.ts'
import { isMonitorPresent } from './page/perf-window.ts'

const log = createLog(document.querySelector('#log'))
const auto = createAutoMode(actions, log)
wireButtons(document, actions, auto, log)

document.documentElement.dataset.monitor = isMonitorPresent() ? 'present' : 'absent'
if (new URLSearchParams(location.search).has('auto')) auto.start()
