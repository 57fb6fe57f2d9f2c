// Page. The monitor that the extension has put on `window`, while it records.
import { expose } from '../expose.ts'
import './window-monitor.ts'

const monitor = window.PerformanceMonitor.getInstance()
expose(operation => monitor.trackOperation('op', operation))
