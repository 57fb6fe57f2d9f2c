import { expose } from '../expose.ts'
import { NaiveMonitor } from './naive-monitor.ts'

const monitor = new NaiveMonitor()
Object.assign(globalThis, { monitor })
expose(operation => monitor.trackOperation('op', operation))
